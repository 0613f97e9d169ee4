import { beforeAll, describe, expect, test } from 'vitest';
import { synthesizeTarget } from '../../../../infra/targets.ts';
import { compareInfrastructure } from '../../src/infrastructure/compareInfrastructure.ts';
import { replacing } from '../../src/infrastructure/replacing.ts';
import { resourcesOf, type Stacks } from '../../src/infrastructure/resources.ts';
import { serving, stateful } from '../../src/infrastructure/stateful.ts';
import { argsOf, changed, realStacks, type Resources } from '../stacks.ts';

let real: Stacks;
beforeAll(async () => {
  real = await realStacks();
});

type Case = readonly [
  name: string,
  stack: string,
  change: (resources: Resources) => void,
  severity: 'blocking' | 'dangerous' | 'safe',
  code: string,
  subject: string,
];

const set =
  (type: string, id: string, values: Record<string, unknown>) =>
  (resources: Resources): void =>
    void Object.assign(argsOf(resources, type, id), values);

const unset =
  (type: string, id: string, name: string) =>
  (resources: Resources): void => {
    const args = argsOf(resources, type, id);
    if (!(name in args)) throw new Error(`${type}.${id} has no ${name}`);
    delete args[name];
  };

const rename =
  (type: string, from: string, to: string) =>
  (resources: Resources): void => {
    const args = argsOf(resources, type, from);
    delete resources[type]?.[from];
    (resources[type] ??= {})[to] = args;
  };

const without =
  (type: string, id: string) =>
  (resources: Resources): void => {
    argsOf(resources, type, id);
    delete resources[type]?.[id];
  };

const TABLE = 'aws_dynamodb_table';
const posts = `data/${TABLE}.posts`;

const cases: readonly Case[] = [
  [
    'a table has another sort key',
    'data',
    set(TABLE, 'posts', { range_key: 'kind' }),
    'blocking',
    'RESOURCE_REPLACED',
    posts,
  ],
  ['a table has another name', 'data', set(TABLE, 'posts', { name: 'posts' }), 'blocking', 'RESOURCE_REPLACED', posts],
  [
    "a key's attribute has another type",
    'data',
    (resources) => {
      const attributes = argsOf(resources, TABLE, 'posts')['attribute'] as { name: string; type: string }[];
      const key = attributes.find(({ name }) => name === 'postId');
      if (!key) throw new Error('posts has no postId');
      key.type = 'N';
    },
    'blocking',
    'RESOURCE_REPLACED',
    posts,
  ],
  ['a table goes', 'data', without(TABLE, 'posts'), 'blocking', 'RESOURCE_DESTROYED', posts],
  [
    'a table is called otherwise in the Terraform',
    'data',
    rename(TABLE, 'posts', 'texts'),
    'blocking',
    'RESOURCE_RENAMED',
    posts,
  ],
  [
    'an index goes',
    'data',
    (resources) => {
      const args = argsOf(resources, TABLE, 'posts');
      args['global_secondary_index'] = (args['global_secondary_index'] as { name: string }[]).filter(
        ({ name }) => name !== 'byTag',
      );
    },
    'blocking',
    'PROTECTION_REMOVED',
    posts,
  ],
  [
    'a table may be deleted',
    'data',
    set(TABLE, 'posts', { deletion_protection_enabled: false }),
    'blocking',
    'PROTECTION_REMOVED',
    posts,
  ],
  [
    'Terraform may destroy a table',
    'data',
    unset(TABLE, 'posts', 'lifecycle'),
    'blocking',
    'PROTECTION_REMOVED',
    posts,
  ],
  [
    'a table cannot be restored to a second',
    'data',
    unset(TABLE, 'posts', 'point_in_time_recovery'),
    'blocking',
    'PROTECTION_REMOVED',
    posts,
  ],
  [
    'items expire by another attribute',
    'data',
    set(TABLE, 'posts', { ttl: { attribute_name: 'createdAt', enabled: true } }),
    'blocking',
    'PROTECTION_REMOVED',
    posts,
  ],
  [
    'the stream says less',
    'data',
    set(TABLE, 'posts', { stream_view_type: 'KEYS_ONLY' }),
    'blocking',
    'PROTECTION_REMOVED',
    posts,
  ],
  [
    'members sign in with another name',
    'data',
    set('aws_cognito_user_pool', 'members', { username_attributes: ['phone_number'] }),
    'blocking',
    'RESOURCE_REPLACED',
    'data/aws_cognito_user_pool.members',
  ],
  [
    'the pool may be deleted',
    'data',
    set('aws_cognito_user_pool', 'members', { deletion_protection: 'INACTIVE' }),
    'blocking',
    'PROTECTION_REMOVED',
    'data/aws_cognito_user_pool.members',
  ],
  [
    'a bucket has another name',
    'data',
    set('aws_s3_bucket', 'photos', { bucket: 'pictures' }),
    'blocking',
    'RESOURCE_REPLACED',
    'data/aws_s3_bucket.photos',
  ],
  [
    'a bucket is emptied when it goes',
    'data',
    set('aws_s3_bucket', 'photos', { force_destroy: true }),
    'blocking',
    'PROTECTION_REMOVED',
    'data/aws_s3_bucket.photos',
  ],
  [
    'a bucket may be opened',
    'data',
    set('aws_s3_bucket_public_access_block', 'photos', { block_public_policy: false }),
    'blocking',
    'PROTECTION_REMOVED',
    'data/aws_s3_bucket_public_access_block.photos',
  ],
  ['a key goes', 'data', without('aws_kms_key', 'data'), 'blocking', 'RESOURCE_DESTROYED', 'data/aws_kms_key.data'],
  [
    'the schema can be read by anybody',
    'api',
    set('aws_appsync_graphql_api', 'graphql', { introspection_config: 'ENABLED' }),
    'dangerous',
    'PROTECTION_REMOVED',
    'api/aws_appsync_graphql_api.graphql',
  ],
  [
    'a request may be deeper',
    'api',
    set('aws_appsync_graphql_api', 'graphql', { query_depth_limit: 40 }),
    'dangerous',
    'PROTECTION_REMOVED',
    'api/aws_appsync_graphql_api.graphql',
  ],
  [
    'another mode of authorization',
    'api',
    set('aws_appsync_graphql_api', 'graphql', {
      additional_authentication_provider: [{ authentication_type: 'AWS_LAMBDA' }],
    }),
    'blocking',
    'PROTECTION_REMOVED',
    'api/aws_appsync_graphql_api.graphql',
  ],
  [
    'a queue goes',
    'api',
    without('aws_sqs_queue', 'mail_queue'),
    'blocking',
    'RESOURCE_DESTROYED',
    'api/aws_sqs_queue.mail_queue',
  ],
  [
    'a function has another name',
    'api',
    set('aws_lambda_function', 'counters', { function_name: 'counting' }),
    'dangerous',
    'RESOURCE_REPLACED',
    'api/aws_lambda_function.counters',
  ],
  [
    'logs are kept for a day',
    'api',
    set('aws_cloudwatch_log_group', 'counters', { retention_in_days: 1 }),
    'dangerous',
    'PROTECTION_REMOVED',
    'api/aws_cloudwatch_log_group.counters',
  ],
  [
    'a resolver goes',
    'api',
    (resources) => void delete resources['aws_appsync_resolver']?.['Post_author'],
    'dangerous',
    'RESOURCE_DESTROYED',
    'api/aws_appsync_resolver.Post_author',
  ],
  [
    'a function has more memory',
    'api',
    set('aws_lambda_function', 'counters', { memory_size: 512 }),
    'safe',
    'RESOURCE_CHANGED',
    'api/aws_lambda_function.counters',
  ],
  [
    'a function has other code',
    'api',
    set('aws_lambda_function', 'counters', { filename: 'assets/counters/1.zip', source_code_hash: 'x' }),
    'safe',
    'RESOURCE_CHANGED',
    'api/aws_lambda_function.counters',
  ],
  [
    'an alarm comes',
    'observability',
    (resources) => void ((resources['aws_cloudwatch_metric_alarm'] ??= {})['more'] = { alarm_name: 'more' }),
    'safe',
    'RESOURCE_ADDED',
    'observability/aws_cloudwatch_metric_alarm.more',
  ],
];

describe('a change of the Terraform', () => {
  test.each(cases)('%s', (_, stack, change, severity, code, subject) => {
    const findings = compareInfrastructure(real, changed(real, stack, change));
    expect(findings.map((finding) => [finding.severity, finding.code, finding.subject])).toEqual([
      [severity, code, subject],
    ]);
    if (severity === 'blocking')
      expect(findings[0]).toMatchObject({ remedy: expect.any(String), cell: `${code} ${subject}` });
  });

  test('says what was and what is', () => {
    const [finding] = compareInfrastructure(
      real,
      changed(real, 'api', set('aws_lambda_function', 'counters', { memory_size: 512 })),
    );
    expect(finding?.message).toBe('memory_size: 256 -> 512');
  });

  test('of many is told once', () => {
    const all = changed(real, 'api', (resources) => {
      for (const args of Object.values(resources['aws_lambda_function'] ?? {})) args['architectures'] = ['x86_64'];
    });
    const findings = compareInfrastructure(real, all);
    expect(findings.map(({ subject }) => subject)).toEqual(['21 of api/aws_lambda_function']);
  });

  test("has no finding where nothing but cdktf's notes and the order is other", () => {
    const other = changed(real, 'data', (resources) => {
      for (const byId of Object.values(resources))
        for (const args of Object.values(byId)) args['//'] = { metadata: 'other' };
      const attributes = argsOf(resources, TABLE, 'posts')['attribute'] as unknown[];
      attributes.reverse();
    });
    expect(compareInfrastructure(real, other)).toEqual([]);
    expect(compareInfrastructure(real, real)).toEqual([]);
  });
});

test('the tables name only what the Terraform has, at one rung or another', async () => {
  const { stacks } = await synthesizeTarget({ stage: 'prod', rung: 'users+++++' });
  const types = new Set([real, stacks].flatMap((each) => [...resourcesOf(each).values()].map(({ type }) => type)));
  const unknown = [...Object.keys(replacing), ...Object.keys(stateful), ...serving].filter((type) => !types.has(type));
  expect(unknown).toEqual([]);
  // All but those of which nothing forces a replacement.
  expect([...types].filter((type) => replacing[type] === undefined).sort()).toEqual([
    'aws_cloudfront_cache_policy',
    'aws_cloudfront_key_group',
    'aws_cloudfront_origin_access_control',
    'aws_cloudfront_response_headers_policy',
    'aws_cloudwatch_query_definition',
  ]);
}, 60_000);
