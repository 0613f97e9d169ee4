import { beforeAll, describe, expect, test } from 'vitest';
import { allTargets, type RungName, type Stage } from './config.ts';
import { rungNames } from './rungs.ts';
import { synthesizeTarget, type Block, type SynthesizedTarget } from './targets.ts';
import { statementsOf, type Statement } from './testing/terraform.ts';

const targets = new Map<string, SynthesizedTarget>();

beforeAll(async () => {
  for (const target of allTargets()) targets.set(`${target.stage} ${target.rung}`, await synthesizeTarget(target));
}, 180_000);

function at(stage: Stage, rung: RungName): SynthesizedTarget {
  const found = targets.get(`${stage} ${rung}`);
  if (!found) throw new Error(`${stage} ${rung} was not synthesized.`);
  return found;
}

interface Found {
  readonly address: string;
  readonly type: string;
  readonly args: Block;
}

function resources({ stacks }: SynthesizedTarget): Found[] {
  return [...stacks].flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, args]) => ({ address: `${stack}.${type}.${id}`, type, args })),
    ),
  );
}

function ofType(target: SynthesizedTarget, type: string): Found[] {
  return resources(target).filter((resource) => resource.type === type);
}

function types(target: SynthesizedTarget): Set<string> {
  return new Set(resources(target).map(({ type }) => type));
}

/** What AWS bills while nobody calls. https://aws.amazon.com/pricing/ of each service */
const BILLED_BY_TIME = [
  'aws_appsync_api_cache',
  'aws_backup_vault',
  'aws_db_instance',
  'aws_eip',
  'aws_elasticache_cluster',
  'aws_instance',
  'aws_kms_key',
  'aws_lambda_provisioned_concurrency_config',
  'aws_lb',
  'aws_nat_gateway',
  'aws_opensearch_domain',
  'aws_rds_cluster',
  'aws_route53_health_check',
  'aws_route53_zone',
  'aws_synthetics_canary',
  'aws_vpc_endpoint',
  'aws_wafv2_web_acl',
];

const stageNames = ['dev', 'staging', 'prod'] as const;

describe.each(stageNames)('the lowest rung of %s', (stage) => {
  test('has nothing that is billed while nobody calls', () => {
    const lowest = at(stage, 'users');
    expect([...types(lowest)].filter((type) => BILLED_BY_TIME.includes(type))).toEqual([]);
    expect(ofType(lowest, 'aws_dynamodb_table').map(({ args }) => args.billing_mode)).toEqual(
      Array<string>(8).fill('PAY_PER_REQUEST'),
    );
    expect(ofType(lowest, 'aws_appsync_graphql_api')[0]?.args).not.toHaveProperty('xray_enabled');
  });
});

describe('the highest rung', () => {
  test('has what the lowest has not: the check above would see it', () => {
    const highest = at('prod', 'users+++++');
    const billed = [...types(highest)].filter((type) => BILLED_BY_TIME.includes(type));
    expect(billed).toEqual(expect.arrayContaining(['aws_appsync_api_cache', 'aws_backup_vault', 'aws_kms_key']));
    expect(ofType(highest, 'aws_dynamodb_table').map(({ args }) => args.billing_mode)).toEqual(
      Array<string>(8).fill('PROVISIONED'),
    );
  });
});

describe.each(stageNames)('climbing in %s', (stage) => {
  test.each(rungNames.slice(1).map((rung, index) => [rungNames[index]!, rung] as const))(
    'from %s to %s destroys nothing that holds data, and moves nothing of the core',
    (lower, higher) => {
      const core = (target: SynthesizedTarget) =>
        resources(target)
          .map(({ address }) => address)
          .filter((address) => /^(bootstrap|data|api)\./.test(address));
      const kept = new Set(core(at(stage, higher)));
      expect(core(at(stage, lower)).filter((address) => !kept.has(address))).toEqual([]);
      expect(namesOf(at(stage, lower))).toEqual(namesOf(at(stage, higher)));
    },
  );
});

/** Arguments of which a change makes AWS replace what holds data. */
function namesOf(target: SynthesizedTarget): unknown[] {
  return [
    ...ofType(target, 'aws_dynamodb_table').map(({ address, args }) => [
      address,
      args.name,
      args.hash_key,
      args.range_key,
    ]),
    ...ofType(target, 'aws_cognito_user_pool').map(({ address, args }) => [
      address,
      args.name,
      args.username_attributes,
    ]),
  ];
}

describe('the same rung', () => {
  test.each(rungNames)('%s has the same addresses at every stage', (rung) => {
    const addresses = (stage: Stage) => resources(at(stage, rung)).map(({ address }) => address);
    expect(addresses('staging')).toEqual(addresses('dev'));
    expect(addresses('prod')).toEqual(addresses('dev'));
  });
});

describe.each(rungNames)('prod at %s', (rung) => {
  test('refuses introspection, and to delete or destroy what holds data', () => {
    const prod = at('prod', rung);
    expect(ofType(prod, 'aws_appsync_graphql_api')[0]?.args.introspection_config).toBe('DISABLED');
    expect(ofType(prod, 'aws_dynamodb_table').map(({ args }) => args.deletion_protection_enabled)).toEqual(
      Array<boolean>(8).fill(true),
    );
    expect(ofType(prod, 'aws_cognito_user_pool')[0]?.args.deletion_protection).toBe('ACTIVE');
    const holding = ['aws_dynamodb_table', 'aws_cognito_user_pool', 'aws_kms_key', 'aws_backup_vault'].flatMap((type) =>
      ofType(prod, type),
    );
    const buckets = ofType(prod, 'aws_s3_bucket').filter(({ address }) => /^(data|bootstrap)\./.test(address));
    const unprotected = [...holding, ...buckets].filter(
      ({ args }) => (args.lifecycle as Block | undefined)?.prevent_destroy !== true,
    );
    expect(unprotected.map(({ address }) => address)).toEqual([]);
    expect(buckets.length).toBeGreaterThanOrEqual(4);
  });
});

describe('encryption', () => {
  test('is by keys of our own from users+ on, which every role that reads tables may use', () => {
    const target = at('staging', 'users+');
    expect(ofType(target, 'aws_dynamodb_table').map(({ args }) => args.server_side_encryption)).toEqual(
      Array(8).fill({ enabled: true, kms_key_arn: '${aws_kms_key.data.arn}' }),
    );
    const reading = ofType(target, 'aws_iam_role_policy').filter(({ args }) =>
      String(args.policy).includes('dynamodb:'),
    );
    const locked = reading.filter(
      ({ args }) => !statementsOf(args.policy).some(({ Action }) => [Action].flat().includes('kms:Decrypt')),
    );
    expect(reading.length).toBeGreaterThan(15);
    expect(locked.map(({ address }) => address).filter((address) => address.startsWith('api.'))).toEqual([]);
  });

  test('of a bucket is never left to chance', () => {
    for (const target of targets.values()) {
      const buckets = ofType(target, 'aws_s3_bucket').length;
      expect(ofType(target, 'aws_s3_bucket_server_side_encryption_configuration').length).toBe(buckets);
    }
  });
});

describe("the API's cache", () => {
  test('is asked by resolvers from users+++ on and by none below, where AppSync would refuse', () => {
    const cached = (rung: RungName) =>
      ofType(at('prod', rung), 'aws_appsync_resolver').filter(({ args }) => args.caching_config !== undefined).length;
    expect(rungNames.map(cached)).toEqual([0, 0, 0, 8, 8, 8]);
    expect(ofType(at('prod', 'users+++'), 'aws_appsync_api_cache')[0]?.args).toMatchObject({
      api_caching_behavior: 'PER_RESOLVER_CACHING',
      at_rest_encryption_enabled: true,
      transit_encryption_enabled: true,
      type: 'LARGE',
    });
  });

  test('never answers a viewer with what was made for another', () => {
    const target = at('prod', 'users+++');
    const functions = new Map(
      ofType(target, 'aws_appsync_function').map(({ args, address }) => [address.split('.')[2], args]),
    );
    const cached = ofType(target, 'aws_appsync_resolver').filter(({ args }) => args.caching_config !== undefined);
    const forViewer = cached.filter(({ args }) => {
      const steps = ((args.pipeline_config as Block | undefined)?.functions ?? []) as readonly string[];
      const codes = steps.map((step) => String(functions.get(step.split('.')[1])?.code));
      return [String(args.code), ...codes].some((code) => /\bidentity\b/.test(code));
    });
    expect(forViewer.map(({ address }) => address)).toEqual(['api.aws_appsync_resolver.Query_trending']);
    for (const { args } of forViewer)
      expect((args.caching_config as Block).caching_keys).toContain('$context.identity.sub');
    expect(cached.map(({ args }) => args.type)).not.toContain('Mutation');
  });
});

describe('provisioned capacity', () => {
  test('is scaled for each table and each index, reading and writing, and by the clock before the morning', () => {
    const target = at('prod', 'users++++');
    const indexes = ofType(target, 'aws_dynamodb_table').flatMap(
      ({ args }) => args.global_secondary_index ?? [],
    ).length;
    expect(ofType(target, 'aws_appautoscaling_target').length).toBe((8 + indexes) * 2);
    expect(ofType(target, 'aws_appautoscaling_policy').length).toBe((8 + indexes) * 2);
    expect(ofType(target, 'aws_appautoscaling_scheduled_action').length).toBe((8 + indexes) * 4);
    const [policy] = ofType(target, 'aws_appautoscaling_policy');
    expect(policy?.args).toMatchObject({
      policy_type: 'TargetTrackingScaling',
      target_tracking_scaling_policy_configuration: { target_value: 70 },
    });
  });

  test('is left by a deployment as autoscaling has set it', () => {
    for (const { args } of ofType(at('dev', 'users++++'), 'aws_dynamodb_table')) {
      expect((args.lifecycle as Block).ignore_changes).toEqual([
        'read_capacity',
        'write_capacity',
        'global_secondary_index',
      ]);
    }
  });

  test('stays within the quota of a table at the highest rung', () => {
    const limits = ofType(at('prod', 'users+++++'), 'aws_appautoscaling_target').map(({ args }) =>
      Number(args.max_capacity),
    );
    expect(Math.max(...limits)).toBe(40_000);
  });
});

describe('the bootstrap stack', () => {
  test('trusts the workflows of one repository in the GitHub environment of the stage, and no others', () => {
    const subjects = (stage: Stage) =>
      ofType(at(stage, 'users'), 'aws_iam_role')
        .filter(({ address }) => address.startsWith('bootstrap.'))
        .map(({ args }) => statementsOf(args.assume_role_policy)[0]?.Condition);
    const issuer = 'token.actions.githubusercontent.com';
    const of = (environment: string) => ({
      StringEquals: {
        [`${issuer}:aud`]: 'sts.amazonaws.com',
        [`${issuer}:sub`]: `repo:hiroba-social/hiroba:environment:${environment}`,
      },
    });
    expect(subjects('prod')).toEqual([of('prod'), of('prod-plan')]);
    expect(subjects('dev')).toEqual([of('dev'), of('dev-plan')]);
  });

  test('keeps old versions of the state, encrypted, and refuses to lose the bucket', () => {
    const stack = at('staging', 'users').stacks.get('bootstrap')?.resource ?? {};
    expect(stack.aws_s3_bucket?.terraform_state).toMatchObject({
      bucket: 'hiroba-terraform-state',
      lifecycle: { prevent_destroy: true },
    });
    expect(stack.aws_s3_bucket_versioning?.terraform_state).toMatchObject({
      versioning_configuration: { status: 'Enabled' },
    });
    expect(statementsOf(stack.aws_s3_bucket_policy?.terraform_state?.policy as string)).toMatchObject([
      { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  test('lets a deployment make what the stacks declare, and hand their roles to the services that act as them', () => {
    const highest = at('prod', 'users+++++');
    const policy = highest.stacks.get('bootstrap')?.resource?.aws_iam_role_policy?.apply_changes?.policy;
    const statements = statementsOf(policy as string) as (Statement & { readonly Sid?: string })[];
    const allowed = new Set([statements.find(({ Sid }) => Sid === 'Services')?.Action ?? []].flat());
    const needed = new Set(
      [...types(highest)].filter((type) => !type.startsWith('aws_iam_')).map((type) => `${serviceOf(type)}:*`),
    );
    expect([...needed].filter((action) => !allowed.has(action))).toEqual([]);
    const passed = statements.find(({ Sid }) => Sid === 'HandRolesToServices')?.Condition as Block | undefined;
    const acting = ofType(highest, 'aws_iam_role')
      .filter(({ address }) => !address.startsWith('bootstrap.'))
      .flatMap(({ args }) => statementsOf(args.assume_role_policy).map(({ Principal }) => Principal as Block));
    const services = new Set(acting.flatMap(({ Service, Federated }) => [Service ?? Federated].flat()).map(String));
    const handed = ((passed?.StringEquals as Block | undefined)?.['iam:PassedToService'] ?? []) as readonly string[];
    expect([...services].filter((service) => !handed.includes(service))).toEqual([]);
    expect(services.size).toBeGreaterThan(2);
  });
});

/** IAM's prefix of the service that has a type of resource. */
function serviceOf(type: string): string {
  if (/^aws_cloudwatch_(log_|query_)/.test(type)) return 'logs';
  if (type.startsWith('aws_cognito_identity_pool')) return 'cognito-identity';
  const [, word = ''] = type.split('_');
  return { appautoscaling: 'application-autoscaling', cognito: 'cognito-idp', sesv2: 'ses' }[word] ?? word;
}
