import { block, blocks, number, text, type Block } from '../model/json.ts';
import type { Resource } from '../model/system.ts';
import { resourceRule, type Fault, type Rule } from '../rule.ts';

const API = ['aws_appsync_graphql_api'] as const;
const DAY_MS = 86_400_000;

/** What a mode needs beside its name. */
const NEEDED_BY_MODE: Readonly<Record<string, string | null>> = {
  API_KEY: null,
  AWS_IAM: null,
  AWS_LAMBDA: 'lambda_authorizer_config',
  OPENID_CONNECT: 'openid_connect_config',
  AMAZON_COGNITO_USER_POOLS: 'user_pool_config',
};

/** The API as a whole, its keys and its cache. */
export const appsync: readonly Rule[] = [
  resourceRule({
    id: 'appsync/log-role',
    scanners: ['CKV_AWS_193'],
    reason: 'Without a role AppSync writes no log, and nobody can say why a request failed.',
    types: API,
    inspect: ({ args }) =>
      text(block(args.log_config).cloudwatch_logs_role_arn) === ''
        ? { problem: 'has no role to write its log with', fix: 'set logConfig.cloudwatchLogsRoleArn' }
        : undefined,
  }),
  resourceRule({
    id: 'appsync/field-log-level',
    scanners: ['CKV_AWS_194'],
    reason: 'Errors of resolvers are logged.',
    types: API,
    inspect: ({ args }) =>
      ['ALL', 'ERROR', 'INFO', 'DEBUG'].includes(text(block(args.log_config).field_log_level))
        ? undefined
        : { problem: 'does not log errors of resolvers', fix: 'set logConfig.fieldLogLevel to ERROR' },
  }),
  resourceRule({
    id: 'appsync/introspection',
    scanners: [],
    reason: 'In prod strangers are not told the whole schema; clients are generated from its file.',
    types: API,
    inspect: ({ args }, { stage }) =>
      stage === 'prod' && args.introspection_config !== 'DISABLED'
        ? { problem: 'answers introspection in prod', fix: 'set introspectionConfig to DISABLED (infra/stages.ts)' }
        : undefined,
  }),
  resourceRule({
    id: 'appsync/query-limits',
    scanners: [],
    reason: 'A request without limits costs the owner what its author likes.',
    types: API,
    inspect: ({ args }) => [
      ...limit('queryDepthLimit', number(args.query_depth_limit), 20),
      ...limit('resolverCountLimit', number(args.resolver_count_limit), 1_000),
    ],
  }),
  resourceRule({
    id: 'appsync/authorization-modes',
    scanners: [],
    reason: 'Each mode is there once with what it needs, and fields without a directive are not open to a public key.',
    types: API,
    inspect: ({ args }) => modeFaults(args),
  }),
  resourceRule({
    id: 'appsync/api-key-expiry',
    scanners: [],
    reason:
      'A key that was copied somewhere stops working. AppSync takes at most 365 days, and gives 7 to a key without a date.',
    types: ['aws_appsync_api_key'],
    inspect: ({ args }, { now }) => {
      const days = (Date.parse(text(args.expires)) - now.getTime()) / DAY_MS;
      if (days > 1 && days <= 365) return undefined;
      const problem = Number.isNaN(days) ? 'does not say when it ends' : `ends in ${Math.floor(days)} days`;
      return { problem, fix: 'set expires to an RFC 3339 time 1 to 365 days from now' };
    },
  }),
  resourceRule({
    id: 'appsync/api-key-mode',
    scanners: [],
    reason: 'A key of an API that takes no keys is a mistake in one of the two.',
    types: ['aws_appsync_api_key'],
    inspect: (key, { follow }) => {
      const api = follow(key, key.args.api_id)?.resource;
      return api && !modesOf(api).includes('API_KEY')
        ? { problem: `belongs to ${api.address}, which takes no API keys`, fix: 'add the API_KEY mode or drop the key' }
        : undefined;
    },
  }),
  resourceRule({
    id: 'appsync/cache-encrypted-at-rest',
    scanners: ['CKV_AWS_214'],
    reason: 'The cache holds what members see.',
    types: ['aws_appsync_api_cache'],
    inspect: ({ args }) =>
      args.at_rest_encryption_enabled === true
        ? undefined
        : {
            problem: 'is not encrypted at rest',
            fix: 'set atRestEncryptionEnabled; changing it later replaces the cache',
          },
  }),
  resourceRule({
    id: 'appsync/cache-encrypted-in-transit',
    scanners: ['CKV_AWS_215'],
    reason: 'The cache holds what members see.',
    types: ['aws_appsync_api_cache'],
    inspect: ({ args }) =>
      args.transit_encryption_enabled === true
        ? undefined
        : {
            problem: 'is not encrypted in transit',
            fix: 'set transitEncryptionEnabled; changing it later replaces the cache',
          },
  }),
  resourceRule({
    id: 'appsync/web-acl',
    scanners: ['CKV2_AWS_33'],
    reason: 'A rate rule stops one address from using up the tokens of everybody.',
    types: API,
    inspect: (api, system) =>
      system
        .ofType('aws_wafv2_web_acl_association')
        .some((each) => system.follow(each, each.args.resource_arn)?.resource === api)
        ? undefined
        : { problem: 'has no web ACL', fix: 'associate a REGIONAL web ACL (webAcl in infra/rungs.ts)' },
  }),
];

function limit(property: string, value: number | undefined, most: number): readonly Fault[] {
  if (value !== undefined && value >= 1 && value <= most) return [];
  const problem = value === undefined || value === 0 ? `has no ${property}` : `has a ${property} of ${value}`;
  return [{ problem, fix: `set it between 1 and ${most}` }];
}

function modeFaults(args: Block): readonly Fault[] {
  const modes = [args, ...blocks(args.additional_authentication_provider)];
  const names = modes.map((each) => text(each.authentication_type));
  const repeated = names.filter((name, at) => names.indexOf(name) !== at);
  return [
    ...modes.flatMap(modeFault),
    ...repeated.map((name) => ({ problem: `has the mode ${name} twice`, fix: 'name each mode once' })),
    ...(names[0] === 'API_KEY'
      ? [{ problem: 'opens fields without a directive to API keys', fix: 'make API_KEY an additional mode' }]
      : []),
  ];
}

function modeFault(mode: Block): readonly Fault[] {
  const name = text(mode.authentication_type);
  if (!Object.hasOwn(NEEDED_BY_MODE, name)) {
    const modes = Object.keys(NEEDED_BY_MODE).join(', ');
    return [{ problem: `has the authorization mode "${name}", which does not exist`, fix: `use one of ${modes}` }];
  }
  const needed = NEEDED_BY_MODE[name];
  return needed && blocks(mode[needed]).length === 0
    ? [{ problem: `has the mode ${name} without ${needed}`, fix: `add ${needed}` }]
    : [];
}

function modesOf({ args }: Resource): string[] {
  return [args, ...blocks(args.additional_authentication_provider)].map((each) => text(each.authentication_type));
}
