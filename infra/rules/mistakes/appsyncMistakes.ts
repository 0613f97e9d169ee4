import type { Mistake } from './draft.ts';

const API = 'api/aws_appsync_graphql_api.graphql';
const GRAPHQL = `api/graphql/resource (${API})`;
const RESOLVER = 'api/aws_appsync_resolver.mistake (api/aws_appsync_resolver.mistake)';
const ID = { api_id: '${aws_appsync_graphql_api.graphql.id}' } as const;
const JS = { name: 'APPSYNC_JS', runtime_version: '1.0.0' } as const;
const CODE = 'export function request() { return {}; }\nexport function response(ctx) { return ctx.result; }\n';

export const appsyncMistakes: readonly Mistake[] = [
  {
    title: 'the API has no role for its log',
    rule: 'appsync/log-role',
    lines: [`${GRAPHQL} has no role to write its log with: set logConfig.cloudwatchLogsRoleArn`],
    make: ({ edit }) => void (edit(API).log_config = { field_log_level: 'ERROR' }),
  },
  {
    title: 'the API logs nothing of its fields',
    rule: 'appsync/field-log-level',
    lines: [`${GRAPHQL} does not log errors of resolvers: set logConfig.fieldLogLevel to ERROR`],
    make: ({ edit }) => void (edit(API).log_config = { field_log_level: 'NONE' }),
  },
  {
    title: 'introspection is on in prod',
    rule: 'appsync/introspection',
    lines: [`${GRAPHQL} answers introspection in prod: set introspectionConfig to DISABLED (infra/stages.ts)`],
    make: ({ edit }) => void (edit(API).introspection_config = 'ENABLED'),
  },
  {
    title: 'the depth of queries is limited to more than AppSync takes',
    rule: 'appsync/query-limits',
    lines: [`${GRAPHQL} has a queryDepthLimit of 76: set it between 1 and 20`],
    make: ({ edit }) => void (edit(API).query_depth_limit = 76),
  },
  {
    title: 'the number of resolvers is not limited',
    rule: 'appsync/query-limits',
    lines: [`${GRAPHQL} has no resolverCountLimit: set it between 1 and 1000`],
    make: ({ edit }) => void delete edit(API).resolver_count_limit,
  },
  {
    title: 'an authorization mode does not exist',
    rule: 'appsync/authorization-modes',
    lines: [
      `${GRAPHQL} has the authorization mode "COGNITO", which does not exist: use one of API_KEY, AWS_IAM, AWS_LAMBDA, OPENID_CONNECT, AMAZON_COGNITO_USER_POOLS`,
    ],
    make: ({ edit }) => void (edit(API).authentication_type = 'COGNITO'),
  },
  {
    title: 'fields without a directive are open to the public key',
    rule: 'appsync/authorization-modes',
    lines: [`${GRAPHQL} opens fields without a directive to API keys: make API_KEY an additional mode`],
    make: ({ edit }) =>
      void Object.assign(edit(API), { authentication_type: 'API_KEY', additional_authentication_provider: [] }),
  },
  {
    title: 'a key lives for years',
    rule: 'appsync/api-key-expiry',
    lines: [
      'api/aws_appsync_api_key.mistake (api/aws_appsync_api_key.mistake) ends in 770 days: set expires to an RFC 3339 time 1 to 365 days from now',
    ],
    make: ({ add }) => add('api/aws_appsync_api_key.mistake', { ...ID, expires: '2028-12-31T00:00:00Z' }),
  },
  {
    title: 'a key belongs to an API without keys',
    rule: 'appsync/api-key-mode',
    lines: [
      'api/aws_appsync_api_key.mistake (api/aws_appsync_api_key.mistake) belongs to aws_appsync_graphql_api.mistake, which takes no API keys: add the API_KEY mode or drop the key',
    ],
    make: ({ add }) => {
      add('api/aws_appsync_graphql_api.mistake', { authentication_type: 'AWS_IAM' });
      add('api/aws_appsync_api_key.mistake', { api_id: '${aws_appsync_graphql_api.mistake.id}' });
    },
  },
  {
    title: 'the cache is not encrypted where it lies',
    rule: 'appsync/cache-encrypted-at-rest',
    lines: [
      'api/aws_appsync_api_cache.mistake (api/aws_appsync_api_cache.mistake) is not encrypted at rest: set atRestEncryptionEnabled; changing it later replaces the cache',
    ],
    make: ({ add }) => add('api/aws_appsync_api_cache.mistake', { transit_encryption_enabled: true }),
  },
  {
    title: 'the cache is not encrypted on the way',
    rule: 'appsync/cache-encrypted-in-transit',
    lines: [
      'api/aws_appsync_api_cache.mistake (api/aws_appsync_api_cache.mistake) is not encrypted in transit: set transitEncryptionEnabled; changing it later replaces the cache',
    ],
    make: ({ add }) => add('api/aws_appsync_api_cache.mistake', { at_rest_encryption_enabled: true }),
  },
  {
    title: 'an API has no web ACL',
    rule: 'appsync/web-acl',
    lines: [
      'api/aws_appsync_graphql_api.mistake (api/aws_appsync_graphql_api.mistake) has no web ACL: associate a REGIONAL web ACL (webAcl in infra/rungs.ts)',
    ],
    make: ({ add }) => add('api/aws_appsync_graphql_api.mistake', {}),
  },
  {
    title: 'the schema in the Terraform is not GraphQL',
    rule: 'appsync/schema',
    lines: [
      'api/aws_appsync_graphql_api.mistake (api/aws_appsync_graphql_api.mistake) has a schema that is not GraphQL: Syntax Error: Expected ":", found Name "Int". (line 1): correct schema/',
    ],
    make: ({ add }) => add('api/aws_appsync_graphql_api.mistake', { schema: 'type Query { posts Int }' }),
  },
  {
    title: 'a resolver answers a field that the schema does not have',
    rule: 'appsync/resolver-field',
    lines: [`${RESOLVER} answers Query.pots, which is not in the schema: correct type and field`],
    make: ({ add }) => add('api/aws_appsync_resolver.mistake', { ...ID, type: 'Query', field: 'pots' }),
  },
  {
    title: 'two resolvers answer one field',
    rule: 'appsync/resolver-unique',
    lines: [`${RESOLVER} answers Query.post as aws_appsync_resolver.Query_post does: remove one of them`],
    make: ({ add }) => add('api/aws_appsync_resolver.mistake', { ...ID, type: 'Query', field: 'post' }),
  },
  {
    title: 'a pipeline has no functions',
    rule: 'appsync/resolver-kind',
    lines: [`${RESOLVER} is a pipeline of 0 functions: give it 1 to 10`],
    make: ({ add }) => add('api/aws_appsync_resolver.mistake', { ...ID, kind: 'PIPELINE' }),
  },
  {
    title: 'a resolver names a data source that is not there',
    rule: 'appsync/data-source-exists',
    lines: [`${RESOLVER} uses the data source post_read, which is not declared: refer to a data source`],
    make: ({ add }) => add('api/aws_appsync_resolver.mistake', { ...ID, kind: 'UNIT', data_source: 'post_read' }),
  },
  {
    title: 'a pipeline has a step that is not there',
    rule: 'appsync/function-exists',
    lines: [`${RESOLVER} has the step 4f2, which is no declared function: refer to a function`],
    make: ({ add }) =>
      add('api/aws_appsync_resolver.mistake', { ...ID, kind: 'PIPELINE', pipeline_config: { functions: ['4f2'] } }),
  },
  {
    title: 'a data source acts with nobody’s role',
    rule: 'appsync/data-source-role',
    lines: [
      'api/aws_appsync_datasource.mistake (api/aws_appsync_datasource.mistake) has no role of this system: set serviceRoleArn to a role with exactly its grants',
    ],
    make: ({ add }) => add('api/aws_appsync_datasource.mistake', { ...ID, type: 'AMAZON_DYNAMODB' }),
  },
  {
    title: 'a function has a runtime and no code',
    rule: 'appsync/code',
    lines: [
      'api/pipeline functions/loadPost (api/aws_appsync_function.loadPost) has a runtime and no code: set code, or drop runtime',
    ],
    make: ({ edit }) => void delete edit('api/aws_appsync_function.loadPost').code,
  },
  {
    title: 'resolver code does not parse',
    rule: 'appsync/code',
    lines: [`${RESOLVER} has a syntax error (Expression expected.) at line 1: correct the file in resolvers/`],
    make: ({ add }) =>
      add('api/aws_appsync_resolver.mistake', { ...ID, runtime: JS, code: 'export const request = ;' }),
  },
  {
    title: 'resolver code throws, which AppSync does not take',
    rule: 'appsync/code',
    lines: [`${RESOLVER} has a throw statement at line 3: use util.error`],
    make: ({ add }) => add('api/aws_appsync_resolver.mistake', { ...ID, runtime: JS, code: `${CODE}throw 'no';` }),
  },
  {
    title: 'an answer that depends on the viewer is cached for everybody',
    rule: 'appsync/cache-keys',
    lines: [
      `${RESOLVER} is cached by $context.source.postId and aws_appsync_resolver.mistake looks at who asks: add $context.identity.sub to cachingKeys, or do not cache the field`,
    ],
    make: ({ add }) =>
      add('api/aws_appsync_resolver.mistake', {
        ...ID,
        code: 'export function request(ctx) { return { payload: ctx.identity.sub }; }',
        caching_config: { ttl: 30, caching_keys: ['$context.source.postId'] },
      }),
  },
  {
    title: 'a step of a cached pipeline looks at the viewer',
    rule: 'appsync/cache-keys',
    lines: [
      `${RESOLVER} is cached by $context.arguments.id and aws_appsync_function.loadBlocks looks at who asks: add $context.identity.sub to cachingKeys, or do not cache the field`,
    ],
    make: ({ add }) =>
      add('api/aws_appsync_resolver.mistake', {
        ...ID,
        code: CODE,
        pipeline_config: { functions: ['${aws_appsync_function.loadBlocks.function_id}'] },
        caching_config: { ttl: 30, caching_keys: ['$context.arguments.id'] },
      }),
  },
];
