import { CloudwatchLogGroup, Construct, type KmsKey, Wafv2WebAcl, Wafv2WebAclLoggingConfiguration } from '../aws.ts';
import type { Stack } from '../stacks/stack.ts';
import type { ProviderChoice } from './usEast1.ts';

/** Statements of a rule, as Terraform writes them: the bindings have no types for what nests in itself. */
type WafStatement = Readonly<Record<string, object>>;

export interface WebAclProps {
  readonly scope: 'CLOUDFRONT' | 'REGIONAL';
  /** Requests of one address in five minutes after which it is answered 429 until it asks less. */
  readonly requestsPerAddress: number;
  /** Which requests are counted; absent: all. */
  readonly counted?: WafStatement;
  readonly logKey: KmsKey | undefined;
  readonly provider?: ProviderChoice;
}

/** Refuses inputs that only attacks have, and addresses that ask too much. */
export function webAcl(stack: Stack, key: string, props: WebAclProps): Wafv2WebAcl {
  const scope = new Construct(stack.group('web acls'), key);
  const acl = new Wafv2WebAcl(scope, 'resource', {
    ...props.provider,
    name: stack.named(key),
    scope: props.scope,
    defaultAction: { allow: {} },
    visibilityConfig: visibility(stack, key),
    rule: [
      {
        name: 'known-bad-inputs',
        priority: 0,
        overrideAction: { none: {} },
        statement: {
          managed_rule_group_statement: { vendor_name: 'AWS', name: 'AWSManagedRulesKnownBadInputsRuleSet' },
        },
        visibilityConfig: visibility(stack, `${key}-known-bad-inputs`),
      },
      {
        name: 'rate-per-address',
        priority: 1,
        // Not 403, which CloudFront would turn into the site's page for what is not there.
        action: { block: { customResponse: { responseCode: 429 } } },
        statement: {
          rate_based_statement: {
            limit: props.requestsPerAddress,
            aggregate_key_type: 'IP',
            evaluation_window_sec: 300,
            ...(props.counted ? { scope_down_statement: props.counted } : {}),
          },
        },
        visibilityConfig: visibility(stack, `${key}-rate-per-address`),
      },
    ],
  });
  log(scope, { ...props, stack, key, acl });
  return acl;
}

function visibility(stack: Stack, metric: string) {
  return { cloudwatchMetricsEnabled: true, metricName: stack.named(metric), sampledRequestsEnabled: true };
}

/** What was refused, without the caller's credentials. Names of such groups begin with `aws-waf-logs-`. */
function log(
  scope: Construct,
  { stack, key, acl, logKey, provider }: WebAclProps & { stack: Stack; key: string; acl: Wafv2WebAcl },
): void {
  const group = new CloudwatchLogGroup(scope, 'refused', {
    ...provider,
    name: `aws-waf-logs-${stack.named(key)}`,
    retentionInDays: stack.config.logRetentionDays,
    // A key encrypts in its own Region only.
    ...(logKey && !provider?.provider ? { kmsKeyId: logKey.arn } : {}),
  });
  new Wafv2WebAclLoggingConfiguration(scope, 'logs', {
    ...provider,
    resourceArn: acl.arn,
    logDestinationConfigs: [group.arn],
    loggingFilter: {
      defaultBehavior: 'DROP',
      filter: [{ behavior: 'KEEP', requirement: 'MEETS_ANY', condition: [{ actionCondition: { action: 'BLOCK' } }] }],
    },
    redactedFields: ['authorization', 'cookie', 'x-api-key'].map((name) => ({ singleHeader: { name } })),
  });
}

export function pathStartsWith(path: string): WafStatement {
  return byteMatch({ uri_path: {} }, 'STARTS_WITH', path);
}

/** None of these. */
export function neither(one: WafStatement, other: WafStatement): WafStatement {
  return { not_statement: { statement: { or_statement: { statement: [one, other] } } } };
}

export function headerIs(name: string, value: string): WafStatement {
  return byteMatch({ single_header: { name } }, 'EXACTLY', value);
}

export function headerStartsWith(name: string, start: string): WafStatement {
  return byteMatch({ single_header: { name } }, 'STARTS_WITH', start);
}

function byteMatch(field: object, constraint: 'STARTS_WITH' | 'EXACTLY', text: string): WafStatement {
  return {
    byte_match_statement: {
      field_to_match: field,
      positional_constraint: constraint,
      search_string: text,
      text_transformation: [{ priority: 0, type: 'NONE' }],
    },
  };
}
