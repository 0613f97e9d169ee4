import { blocks, isBlock, number, text, type Block, type Json } from '../model/json.ts';
import type { Resource } from '../model/system.ts';
import { resourceRule, type Rule } from '../rule.ts';

const ACL = ['aws_wafv2_web_acl'] as const;
const WITH_RULES = ['aws_wafv2_web_acl', 'aws_wafv2_rule_group'] as const;

export const waf: readonly Rule[] = [
  resourceRule({
    id: 'waf/has-rules',
    scanners: ['CKV_AWS_175'],
    reason: 'A web ACL without rules costs money and does nothing.',
    types: WITH_RULES,
    inspect: ({ args }) =>
      blocks(args.rule).length === 0
        ? { problem: 'has no rules', fix: 'add a rate rule or a managed group' }
        : undefined,
  }),
  resourceRule({
    id: 'waf/rule-action',
    scanners: ['CKV_AWS_342'],
    reason: 'A rule says what happens to what it matches: an action of its own, or override_action for a group.',
    types: WITH_RULES,
    inspect: ({ args }) =>
      blocks(args.rule)
        .filter((rule) => blocks(rule.action).length === 0 && blocks(rule.override_action).length === 0)
        .map((rule) => ({
          problem: `has the rule ${text(rule.name)} without an action`,
          fix: 'set action or overrideAction',
        })),
  }),
  resourceRule({
    id: 'waf/known-bad-inputs',
    scanners: ['CKV_AWS_192', 'CKV2_AWS_78'],
    reason: 'The managed group refuses Log4j lookups and the like before anything reads them.',
    types: ACL,
    inspect: (acl) =>
      aclHasKnownBadInputs(acl)
        ? undefined
        : { problem: 'lets known bad inputs through', fix: 'add AWSManagedRulesKnownBadInputsRuleSet' },
  }),
  resourceRule({
    id: 'waf/log',
    scanners: ['CKV2_AWS_31'],
    reason: 'Why somebody was refused can be found out.',
    types: ACL,
    inspect: (acl, system) =>
      system
        .ofType('aws_wafv2_web_acl_logging_configuration')
        .some((each) => system.follow(each, each.args.resource_arn)?.resource === acl)
        ? undefined
        : { problem: 'writes no log', fix: 'add a Wafv2WebAclLoggingConfiguration' },
  }),
  resourceRule({
    id: 'waf/priorities',
    scanners: [],
    reason: 'WAF refuses two rules of one priority; Terraform does not look.',
    types: WITH_RULES,
    inspect: ({ args }) => {
      const rules = blocks(args.rule);
      return rules
        .filter((rule, at) => rules.findIndex((each) => number(each.priority) === number(rule.priority)) !== at)
        .map((rule) => ({
          problem: `has the rule ${text(rule.name)} at priority ${number(rule.priority)}, which another one has`,
          fix: 'give each rule a priority of its own',
        }));
    },
  }),
  resourceRule({
    id: 'waf/rate-limit',
    scanners: [],
    reason: 'WAF counts at least 10 and at most 2,000,000,000 requests.',
    types: WITH_RULES,
    inspect: ({ args }) =>
      blocks(args.rule).flatMap((rule) =>
        statements(rule.statement, 'rate_based_statement')
          .filter((statement) => (number(statement.limit) ?? 0) < 10)
          .map((statement) => ({
            problem: `limits ${text(rule.name)} to ${String(statement.limit)}`,
            fix: 'use 10 or more',
          })),
      ),
  }),
  resourceRule({
    id: 'waf/scope',
    scanners: [],
    reason: 'A web ACL for CloudFront is of scope CLOUDFRONT and lives in us-east-1; others are REGIONAL.',
    types: ['aws_wafv2_web_acl_association'],
    inspect: (association, system) => {
      const acl = system.follow(association, association.args.web_acl_arn)?.resource;
      return acl && acl.args.scope !== 'REGIONAL'
        ? { problem: `associates ${acl.address} of scope ${text(acl.args.scope)}`, fix: 'make a REGIONAL web ACL' }
        : undefined;
    },
  }),
];

export function aclHasKnownBadInputs({ args }: Resource): boolean {
  return blocks(args.rule).some((rule) =>
    statements(rule.statement, 'managed_rule_group_statement').some(
      ({ name }) => name === 'AWSManagedRulesKnownBadInputsRuleSet',
    ),
  );
}

/** Statements nest in and, or, not. cdktf types them as anything, so both spellings that Terraform takes may be lists. */
function statements(value: Json | undefined, kind: string): Block[] {
  if (Array.isArray(value)) return value.flatMap((each) => statements(each, kind));
  if (!isBlock(value)) return [];
  return [
    ...blocks(value[kind]),
    ...Object.entries(value).flatMap(([key, each]) => (key === kind ? [] : statements(each, kind))),
  ];
}
