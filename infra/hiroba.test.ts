import { parse, type ObjectTypeDefinitionNode } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hiroba } from './hiroba.ts';
import { readSchema } from './schema.ts';
import { synthesizer, type OutputFiles } from './synthesize.ts';
import { tables } from './tables.ts';
import { config, repository } from './testing/application.ts';
import {
  argsOf,
  ofType,
  readLiteral,
  resourcesOf,
  statementsOf,
  type Block,
  type Resource,
  type Statement,
} from './testing/terraform.ts';

const synth = synthesizer({ config, root: repository, wiring: hiroba, readSchema: () => readSchema(repository) });
let files: OutputFiles;
let resources: Resource[];

beforeAll(async () => {
  files = await synth.synthesize();
  resources = resourcesOf(files);
});
afterAll(() => synth.dispose());

const WRITES = /:(Put|Update|Delete|BatchWrite)/;
/** Names that are made up as it goes: streams of one log group, streams of one table, objects of one bucket. */
const OPEN_ENDED = /:log-stream:\*$|\/stream\/\*$|_s3_bucket_\w+_arn\}\/(\w+\/)?\*$/;

function allowed(): { address: string; statement: Statement }[] {
  return ofType(resources, 'aws_iam_role_policy').flatMap(({ type, id, args }) =>
    statementsOf(args.policy).map((statement) => ({ address: `${type}.${id}`, statement })),
  );
}

function fieldsOf(type: string): string[] {
  const schema = readLiteral(String(argsOf(resources, 'aws_appsync_graphql_api.graphql').schema));
  const found = parse(schema).definitions.find(
    (node): node is ObjectTypeDefinitionNode => node.kind === 'ObjectTypeDefinition' && node.name.value === type,
  );
  return (found?.fields ?? []).map((field) => field.name.value);
}

const VISITORS = ['aws_iam_role_policy.guests', 'aws_iam_role_policy.identified'];

describe('the Terraform of Hiroba', () => {
  test('answers every field of Query, Mutation and Subscription', () => {
    const answered = new Set(
      ofType(resources, 'aws_appsync_resolver').map(({ args }) => `${String(args.type)}.${String(args.field)}`),
    );
    const fields = ['Query', 'Mutation', 'Subscription'].flatMap((type) =>
      fieldsOf(type).map((field) => `${type}.${field}`),
    );
    expect(fields.length).toBeGreaterThanOrEqual(40);
    expect(fields.filter((field) => !answered.has(field))).toEqual([]);
  });

  test('has the eight tables, the pool with its two groups, and a role for each data source, function and schedule', () => {
    const count = (type: string) => ofType(resources, type).length;
    expect(count('aws_dynamodb_table')).toBe(8);
    expect(ofType(resources, 'aws_cognito_user_group').map(({ args }) => args.name)).toEqual([
      'moderators',
      'operators',
    ]);
    expect(count('aws_lambda_function')).toBeGreaterThanOrEqual(5);
    expect(count('aws_appsync_datasource')).toBeGreaterThanOrEqual(8);
    const acting =
      ofType(resources, 'aws_appsync_datasource').filter(({ args }) => args.type !== 'NONE').length +
      count('aws_lambda_function') +
      count('aws_scheduler_schedule');
    // One more writes the API's log, one texts, and two are for who comes with keys of the identity pool.
    expect(count('aws_iam_role')).toBe(acting + 4);
    expect(count('aws_iam_role_policy')).toBe(acting + 4);
  });

  test('names every action that a role may take, and every resource', () => {
    const statements = allowed().filter(({ address }) => address !== 'aws_iam_role_policy.text_messages');
    expect(statements.length).toBeGreaterThan(20);
    for (const { address, statement } of statements) {
      expect([address, ...[statement.Action].flat()].filter((action) => action.includes('*'))).toEqual([]);
      const open = [statement.Resource].flat().filter((resource) => resource.replace(OPEN_ENDED, '').includes('*'));
      expect([address, ...open]).toEqual([address]);
      expect(statement.Effect).toBe('Allow');
    }
  });

  test('lets the pool text phones, which have no ARN, and publish to no topic', () => {
    const texts = allowed().filter(({ address }) => address === 'aws_iam_role_policy.text_messages');
    expect(texts.map(({ statement }) => statement)).toEqual([
      { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' },
      { Effect: 'Deny', Action: 'sns:Publish', Resource: 'arn:aws:sns:*:*:*' },
    ]);
  });

  test('lets no data source that is named for reading write', () => {
    const readers = allowed().filter(({ address }) => /^aws_iam_role_policy\.\w+_read$/.test(address));
    expect(readers.length).toBeGreaterThanOrEqual(3);
    expect(readers.filter(({ statement }) => [statement.Action].flat().some((action) => WRITES.test(action)))).toEqual(
      [],
    );
  });

  test('lets nobody read what reporters attach to their reports', () => {
    const [{ args } = {}] = ofType(resources, 'aws_s3_bucket_policy').filter(({ id }) => id === 'evidence');
    expect(statementsOf(args?.policy)).toContainEqual({
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: '${aws_s3_bucket.evidence.arn}/*',
      Condition: {
        ArnNotEquals: {
          'aws:PrincipalArn': [
            'arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/hiroba-dev-function-moderation',
          ],
        },
      },
    });
    const about = allowed().filter(({ statement }) => JSON.stringify(statement.Resource).includes('evidence'));
    expect(about.map(({ address, statement }) => [address, statement.Action])).toEqual([
      // Whoever reported something and has the account erased takes the files along.
      ['aws_iam_role_policy.jobs', ['s3:DeleteObject']],
      ['aws_iam_role_policy.jobs', ['s3:ListBucket']],
      ['aws_iam_role_policy.tickets', ['s3:PutObject']],
    ]);
  });

  test('lets functions call internal mutations and nothing else of the API', () => {
    const graphql = allowed().filter(
      ({ address, statement }) =>
        !VISITORS.includes(address) && [statement.Action].flat().some((action) => action.startsWith('appsync:')),
    );
    const fields = graphql.flatMap(({ statement }) => [statement.Resource].flat());
    expect(fields.length).toBeGreaterThan(0);
    expect(
      fields.filter(
        (resource) =>
          !/^\$\{aws_appsync_graphql_api\.graphql\.arn\}\/types\/Mutation\/fields\/publish[A-Z]\w+$/.test(resource),
      ),
    ).toEqual([]);
  });

  test('lets guests and members with keys of the identity pool read what the API key may, and nothing else', () => {
    const fields = ['hashtag', 'page', 'post', 'serviceStatus', 'trending', 'user'];
    const statement = {
      Effect: 'Allow',
      Action: ['appsync:GraphQL'],
      Resource: fields.map((field) => `\${aws_appsync_graphql_api.graphql.arn}/types/Query/fields/${field}`),
    };
    const own = allowed().filter(({ address }) => VISITORS.includes(address));
    expect(own).toEqual(VISITORS.map((address) => expect.objectContaining({ address, statement })));
    expect(argsOf(resources, 'aws_cognito_identity_pool_roles_attachment.visitors_roles').roles).toEqual({
      authenticated: '${aws_iam_role.identified.arn}',
      unauthenticated: '${aws_iam_role.guests.arn}',
    });
  });

  test.each([
    ['guests', 'unauthenticated'],
    ['identified', 'authenticated'],
  ])('gives the role of %s to the pool and to who is %s', (role, amr) => {
    expect(statementsOf(argsOf(resources, `aws_iam_role.${role}`).assume_role_policy)).toEqual([
      {
        Effect: 'Allow',
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'cognito-identity.amazonaws.com:aud': '${aws_cognito_identity_pool.visitors.id}' },
          'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr },
        },
      },
    ]);
  });

  test('has an identity pool of the members alone, without the classic flow', () => {
    expect(argsOf(resources, 'aws_cognito_identity_pool.visitors')).toMatchObject({
      identity_pool_name: 'hiroba-dev-visitors',
      allow_unauthenticated_identities: true,
      allow_classic_flow: false,
      cognito_identity_providers: [{ server_side_token_check: true }],
    });
  });

  test('gives Terraform code and schema in which nothing is a template', () => {
    const coded = [...ofType(resources, 'aws_appsync_resolver'), ...ofType(resources, 'aws_appsync_function')];
    expect(coded.length).toBeGreaterThanOrEqual(45);
    for (const { args } of coded) {
      const code = readLiteral(String(args.code));
      expect(code).toMatch(/export \{/);
      expect(code.length).toBeLessThanOrEqual(32_768);
    }
  });

  test('names everything by application and stage', () => {
    const named = ['aws_dynamodb_table', 'aws_iam_role', 'aws_cognito_user_pool', 'aws_appsync_graphql_api'].flatMap(
      (type) => ofType(resources, type),
    );
    const names = named.map(({ args }) => String(args.name));
    expect(names.filter((each) => !each.startsWith('hiroba-dev-'))).toEqual([]);
    expect(names.filter((each) => each.length > 64)).toEqual([]);
  });

  test.each(Object.entries(tables))('gives the table %s its keys, indexes, stream and expiry', (key, definition) => {
    const { args } = ofType(resources, 'aws_dynamodb_table').find(({ id }) => id === key) ?? { args: {} as Block };
    const indexes = (args.global_secondary_index ?? []) as { name: string }[];
    expect(args).toMatchObject({ hash_key: definition.partitionKey, billing_mode: 'PAY_PER_REQUEST' });
    expect(args.range_key).toBe('sortKey' in definition ? definition.sortKey : undefined);
    expect(indexes.map(({ name }) => name)).toEqual(Object.keys(definition.indexes));
    expect(args.stream_view_type).toBe(definition.stream ?? undefined);
    expect(args.ttl).toEqual(definition.ttl ? { enabled: true, attribute_name: 'expiresAt' } : undefined);
  });

  test('declares each table attribute that is a key, and none that is not', () => {
    for (const { args } of ofType(resources, 'aws_dynamodb_table')) {
      const indexes = (args.global_secondary_index ?? []) as { hash_key: string; range_key: string }[];
      const keys = [args.hash_key, args.range_key, ...indexes.flatMap((index) => [index.hash_key, index.range_key])];
      const declared = (args.attribute as { name: string }[]).map(({ name }) => name);
      expect(declared.sort()).toEqual([...new Set(keys.filter((attribute) => attribute !== undefined))].sort());
    }
  });

  test('limits what one request may ask, and lets three kinds of callers in', () => {
    expect(argsOf(resources, 'aws_appsync_graphql_api.graphql')).toMatchObject({
      authentication_type: 'AMAZON_COGNITO_USER_POOLS',
      additional_authentication_provider: [{ authentication_type: 'API_KEY' }, { authentication_type: 'AWS_IAM' }],
      query_depth_limit: 10,
      resolver_count_limit: 500,
      log_config: { field_log_level: 'ERROR' },
    });
  });

  test('signs members in without a client secret, and does not tell who has an account', () => {
    expect(argsOf(resources, 'aws_cognito_user_pool_client.front_end')).toMatchObject({
      generate_secret: false,
      prevent_user_existence_errors: 'ENABLED',
      explicit_auth_flows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
  });

  test('opens buckets to its distribution over TLS and to nobody else', () => {
    expect(ofType(resources, 'aws_s3_bucket_public_access_block').length).toBe(
      ofType(resources, 'aws_s3_bucket').length,
    );
    const policies = ofType(resources, 'aws_s3_bucket_policy').filter(({ id }) => ['site', 'photos'].includes(id));
    expect(policies.length).toBe(2);
    for (const { args } of policies) {
      expect(statementsOf(args.policy)).toMatchObject([
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Condition: { StringEquals: { 'aws:SourceArn': '${aws_cloudfront_distribution.site.arn}' } },
        },
        { Effect: 'Deny', Principal: '*', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ]);
    }
  });

  test('gives every stream mapping patterns, and no more than Lambda takes', () => {
    const mappings = ofType(resources, 'aws_lambda_event_source_mapping').filter(({ args }) =>
      String(args.event_source_arn).includes('stream_arn'),
    );
    expect(mappings.length).toBeGreaterThanOrEqual(9);
    const patterns = mappings.map(({ args }) => (args.filter_criteria as { filter: unknown[] }).filter.length);
    expect(Math.min(...patterns)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...patterns)).toBeLessThanOrEqual(5);
  });

  test('is not empty in any of its stacks', () => {
    const size = (stack: string) => files.get(`stacks/${stack}/cdk.tf.json`)?.length ?? 0;
    expect(size('data')).toBeGreaterThan(10_000);
    expect(size('edge')).toBeGreaterThan(3_000);
    expect(size('api')).toBeGreaterThan(100_000);
  });
});
