import { describe, expect, test } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import { manualClock } from '../../src/clock.ts';
import { createIam } from '../../src/services/iam/index.ts';
import { account, iamWith, outcomeOf, policy, role, roleArn, root, table } from './support.ts';

const read = {
  Sid: 'Read',
  Effect: 'Allow',
  Action: ['dynamodb:GetItem', 'dynamodb:Query'],
  Resource: [table('readings'), table('readings/index/*')],
};
const everything = { Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' };
const alarm = 'arn:aws:lambda:eu-west-1:123456789012:function:alarm';

describe('a role', () => {
  test('may do what a statement of it allows', async () => {
    const iam = await iamWith({ roles: [role('reader', [read])] });
    expect(await outcomeOf(iam, 'reader', { action: 'dynamodb:GetItem', resource: table('readings') })).toBe('allowed');
    expect(await outcomeOf(iam, 'reader', { action: 'dynamodb:Query', resource: table('readings/index/byDay') })).toBe(
      'allowed',
    );
  });

  test('is refused another action, with the statement on the same resource named', async () => {
    const iam = await iamWith({ roles: [role('reader', [read])] });
    expect(await outcomeOf(iam, 'reader', { action: 'dynamodb:PutItem', resource: table('readings') })).toBe(
      'User: arn:aws:sts::123456789012:assumed-role/reader is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/readings because no identity-based policy allows the dynamodb:PutItem action (api.aws_iam_role.reader in the Terraform; nearest statement: api.aws_iam_role_policy.reader/Read allows dynamodb:GetItem, dynamodb:Query on it)',
    );
  });

  test('is refused another resource, with the statement about the same action named', async () => {
    const iam = await iamWith({
      roles: [
        role('reader', [
          { ...read, Sid: 'Far', Resource: '*', Action: 'sqs:SendMessage' },
          read,
          { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table('sensors') },
        ]),
      ],
    });
    expect(await outcomeOf(iam, 'reader', { action: 'dynamodb:GetItem', resource: table('sensor') })).toBe(
      'User: arn:aws:sts::123456789012:assumed-role/reader is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/sensor because no identity-based policy allows the dynamodb:GetItem action (api.aws_iam_role.reader in the Terraform; nearest statement: api.aws_iam_role_policy.reader/Statement[2] allows it on arn:aws:dynamodb:eu-west-1:123456789012:table/sensors)',
    );
  });

  test.each([
    ['nothing near', [read], 'no statement of its policies is about this resource or this action'],
    ['no policy at all', [], 'it has no policy'],
  ])('is refused and told so when there is %s', async (_what, statements, hint) => {
    const iam = await iamWith({ roles: [role('reader', statements)] });
    expect(
      await outcomeOf(iam, 'reader', {
        action: 'sqs:SendMessage',
        resource: 'arn:aws:sqs:eu-west-1:123456789012:alarms',
      }),
    ).toContain(
      `because no identity-based policy allows the sqs:SendMessage action (api.aws_iam_role.reader in the Terraform; ${hint})`,
    );
  });

  test('is refused by an explicit deny whatever else allows', async () => {
    const deny = { Sid: 'Keep', Effect: 'Deny', Action: 'dynamodb:Delete*', Resource: '*' };
    const iam = await iamWith({ roles: [role('keeper', [everything, deny])] });
    expect(await outcomeOf(iam, 'keeper', { action: 'dynamodb:PutItem', resource: table('readings') })).toBe('allowed');
    expect(await outcomeOf(iam, 'keeper', { action: 'dynamodb:DeleteItem', resource: table('readings') })).toBe(
      'User: arn:aws:sts::123456789012:assumed-role/keeper is not authorized to perform: dynamodb:DeleteItem on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/readings with an explicit deny in an identity-based policy (api.aws_iam_role.keeper in the Terraform; denied by api.aws_iam_role_policy.keeper/Keep)',
    );
  });

  test('is held by its permissions boundary', async () => {
    const permissionsBoundary = {
      name: 'edge',
      address: 'api.aws_iam_policy.edge',
      document: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }),
    };
    const iam = await iamWith({ roles: [role('bound', [everything], { permissionsBoundary })] });
    expect(await outcomeOf(iam, 'bound', { action: 'dynamodb:GetItem', resource: table('readings') })).toContain(
      'because no permissions boundary allows the dynamodb:GetItem action (api.aws_iam_role.bound in the Terraform; its permissions boundary is api.aws_iam_policy.edge)',
    );
  });

  test('with a path in its name appears without it', async () => {
    const iam = await iamWith({ roles: [role('reader', [], { arn: roleArn('green/house/reader') })] });
    expect(
      await outcomeOf(iam, roleArn('green/house/reader'), { action: 'dynamodb:GetItem', resource: table('readings') }),
    ).toContain('User: arn:aws:sts::123456789012:assumed-role/reader is not');
  });

  test('that the Terraform does not have may do nothing', async () => {
    const iam = await iamWith({ roles: [role('reader', [everything])] });
    expect(await outcomeOf(iam, 'ghost', { action: 'dynamodb:GetItem', resource: table('readings') })).toContain(
      'because no identity-based policy allows the dynamodb:GetItem action (no role of the Terraform has this ARN)',
    );
  });

  test('is refused what its action does not apply to', async () => {
    const iam = await iamWith({ roles: [role('keeper', [everything])] });
    expect(await outcomeOf(iam, 'keeper', { action: 'dynamodb:GetItem', resource: table('') })).toContain(
      'because dynamodb:GetItem does not apply to such a resource (api.aws_iam_role.keeper in the Terraform)',
    );
  });
});

describe('a condition', () => {
  const own = {
    ...read,
    Sid: 'Own',
    Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['s1', 's2'] } },
  };
  const get = (keys: readonly string[]) => ({
    action: 'dynamodb:GetItem',
    resource: table('readings'),
    context: { 'dynamodb:LeadingKeys': keys },
  });

  test('on leading keys is honoured for each value, whatever was decided before', async () => {
    const iam = await iamWith({ roles: [role('owner', [own])] });
    for (let round = 0; round < 2; round++) {
      expect(await outcomeOf(iam, 'owner', get(['s1']))).toBe('allowed');
      expect(await outcomeOf(iam, 'owner', get(['s3']))).toContain(
        'api.aws_iam_role_policy.owner/Own allows it only if dynamodb:LeadingKeys ForAllValues:StringEquals ["s1","s2"]; this call has ["s3"]',
      );
      expect(await outcomeOf(iam, 'owner', get(['s1', 's2']))).toBe('allowed');
      expect(await outcomeOf(iam, 'owner', get(['s1', 's3']))).toContain('this call has ["s1","s3"]');
    }
  });

  test('on leading keys is met by a call without any, as on AWS', async () => {
    const iam = await iamWith({ roles: [role('owner', [own])] });
    expect(await outcomeOf(iam, 'owner', { action: 'dynamodb:GetItem', resource: table('readings') })).toBe('allowed');
  });

  test('may take its value from a variable', async () => {
    const tagged = {
      ...read,
      Condition: { StringEquals: { 'dynamodb:Select': 'COUNT', 'aws:PrincipalAccount': '${aws:ResourceAccount}' } },
    };
    const iam = await iamWith({ roles: [role('counter', [tagged])] });
    const query = { action: 'dynamodb:Query', resource: table('readings') };
    expect(await outcomeOf(iam, 'counter', { ...query, context: { 'dynamodb:Select': 'COUNT' } })).toBe('allowed');
    expect(await outcomeOf(iam, 'counter', { ...query, context: { 'dynamodb:Select': 'ALL_ATTRIBUTES' } })).toContain(
      'this call has ["ALL_ATTRIBUTES"]',
    );
    expect(await outcomeOf(iam, 'counter', query)).toContain('this call has no such value');
  });

  test('on the time follows the clock', async () => {
    const clock = manualClock(Date.UTC(2026, 0, 1));
    const iam = createIam({ account, clock });
    await iam.replace({
      roles: [role('guest', [{ ...read, Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-02T00:00:00Z' } } }])],
    });
    expect(await outcomeOf(iam, 'guest', get(['s1']))).toBe('allowed');
    clock.advance(2 * 24 * 60 * 60 * 1000);
    expect(await outcomeOf(iam, 'guest', get(['s1']))).toContain('this call has ["2026-01-03T00:00:00.000Z"]');
  });
});

describe('a decision', () => {
  const access = { action: 'dynamodb:GetItem', resource: table('readings') };

  test('is given at once when it was made before, be it allowed or refused', async () => {
    const iam = await iamWith({ roles: [role('reader', [read]), role('stranger', [])] });
    const first = iam.authorize({ arn: roleArn('reader') }, access);
    expect(first).toBeInstanceOf(Promise);
    await first;
    expect(iam.authorize({ arn: roleArn('reader') }, access)).toBeUndefined();
    await expect(iam.authorize({ arn: roleArn('stranger') }, access)).rejects.toThrow(AwsError);
    expect(() => iam.authorize({ arn: roleArn('stranger') }, access)).toThrow(AwsError);
  });

  test('is not made again for a value that no policy mentions', async () => {
    const iam = await iamWith({ roles: [role('reader', [read])] });
    await iam.authorize({ arn: roleArn('reader') }, { ...access, context: { 'dynamodb:LeadingKeys': ['s1'] } });
    expect(
      iam.authorize({ arn: roleArn('reader') }, { ...access, context: { 'dynamodb:LeadingKeys': ['s2'] } }),
    ).toBeUndefined();
  });

  test('is forgotten when the policies change', async () => {
    const iam = await iamWith({ roles: [role('reader', [read])] });
    expect(await outcomeOf(iam, 'reader', access)).toBe('allowed');
    await iam.replace({ roles: [role('reader', [])] });
    expect(await outcomeOf(iam, 'reader', access)).toContain('it has no policy');
  });

  test('that is under way when the policies change does not outlive them', async () => {
    const iam = await iamWith({ roles: [role('reader', [read])] });
    const underWay = iam.authorize({ arn: roleArn('reader') }, access);
    await iam.replace({ roles: [role('reader', [])] });
    await underWay;
    expect(await outcomeOf(iam, 'reader', access)).toContain('it has no policy');
  });

  test('is forgotten when too many others were made since', async () => {
    const iam = createIam({ account, rememberedDecisions: 4 });
    await iam.replace({ roles: [role('reader', [read])] });
    const index = (number: number) => ({ action: 'dynamodb:Query', resource: table(`readings/index/i${number}`) });
    for (let number = 0; number < 6; number++) {
      await iam.authorize({ arn: roleArn('reader') }, access);
      await iam.authorize({ arn: roleArn('reader') }, index(number));
    }
    expect(iam.authorize({ arn: roleArn('reader') }, access)).toBeUndefined();
    expect(iam.authorize({ arn: roleArn('reader') }, index(0))).toBeInstanceOf(Promise);
  });

  test('carries the code that AWS services answer with', async () => {
    const iam = await iamWith({ roles: [] });
    await expect(iam.authorize({ arn: 'anonymous' }, access)).rejects.toMatchObject({
      code: 'AccessDeniedException',
      statusCode: 400,
    });
  });

  test('about an action that AWS does not have is a defect, not a refusal', async () => {
    const iam = await iamWith({ roles: [role('keeper', [everything])] });
    const asked = iam.authorize(
      { arn: roleArn('keeper') },
      { action: 'dynamodb:Frobnicate', resource: table('readings') },
    );
    await expect(asked).rejects.toThrow('A service asked IAM about dynamodb:Frobnicate, which is no action of AWS');
    await expect(asked).rejects.not.toBeInstanceOf(AwsError);
  });
});

describe('a principal that is no role', () => {
  const permission = (source: string) => ({
    resourceArn: alarm,
    address: `api.aws_lambda_permission.${source}`,
    document: policy({
      Sid: source,
      Effect: 'Allow',
      Principal: { Service: `${source}.amazonaws.com` },
      Action: 'lambda:InvokeFunction',
      Resource: alarm,
      Condition: { ArnLike: { 'AWS:SourceArn': `arn:aws:${source}:eu-west-1:123456789012:greenhouse/*` } },
    }),
  });
  const invoke = (source: string) => ({
    action: 'lambda:InvokeFunction',
    resource: alarm,
    context: { 'aws:SourceArn': source },
  });

  test('may do everything when it is root, even before any policy is known', () => {
    expect(
      createIam({ account }).authorize(root, { action: 'dynamodb:DeleteTable', resource: table('readings') }),
    ).toBeUndefined();
  });

  test('may do nothing when it is nobody', async () => {
    const iam = await iamWith({ roles: [] });
    expect(await outcomeOf(iam, 'anonymous', { action: 'dynamodb:GetItem', resource: table('readings') })).toBe(
      'User: anonymous is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/readings because no resource-based policy allows the dynamodb:GetItem action (the call is not signed)',
    );
  });

  test('may read as nobody what a bucket lets everybody read', async () => {
    const document = policy({
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::plants/public/*',
    });
    const iam = await iamWith({
      roles: [],
      resourcePolicies: [{ resourceArn: 'arn:aws:s3:::plants', address: 'api.aws_s3_bucket_policy.plants', document }],
    });
    expect(
      await outcomeOf(iam, 'anonymous', { action: 's3:GetObject', resource: 'arn:aws:s3:::plants/public/fern.jpg' }),
    ).toBe('allowed');
    expect(
      await outcomeOf(iam, 'anonymous', { action: 's3:GetObject', resource: 'arn:aws:s3:::plants/private/fern.jpg' }),
    ).toContain('(the call is not signed)');
    expect(
      await outcomeOf(iam, 'anonymous', { action: 's3:GetObject', resource: 'arn:aws:s3:::plants-2/public/fern.jpg' }),
    ).toContain('(the call is not signed)');
  });

  test('may invoke as a service what a permission lets it invoke, for the source that it names', async () => {
    const iam = await iamWith({ roles: [], resourcePolicies: [permission('cognito-idp'), permission('events')] });
    expect(
      await outcomeOf(
        iam,
        'cognito-idp.amazonaws.com',
        invoke('arn:aws:cognito-idp:eu-west-1:123456789012:greenhouse/pool'),
      ),
    ).toBe('allowed');
    expect(
      await outcomeOf(iam, 'events.amazonaws.com', invoke('arn:aws:events:eu-west-1:123456789012:greenhouse/rule')),
    ).toBe('allowed');
    expect(
      await outcomeOf(iam, 'events.amazonaws.com', invoke('arn:aws:events:eu-west-1:123456789012:other/rule')),
    ).toContain(
      'because no resource-based policy allows the lambda:InvokeFunction action (a resource-based policy must name it, as aws_lambda_permission and aws_sqs_queue_policy do)',
    );
    expect(await outcomeOf(iam, 's3.amazonaws.com', invoke('arn:aws:s3:::plants'))).toContain(
      'User: s3.amazonaws.com is not authorized',
    );
  });

  test('shares the deny of a resource policy with the roles', async () => {
    const document = policy({
      Sid: 'Closed',
      Effect: 'Deny',
      Principal: '*',
      Action: 'lambda:InvokeFunction',
      Resource: `${alarm}:old`,
    });
    const iam = await iamWith({
      roles: [role('keeper', [everything])],
      resourcePolicies: [
        permission('events'),
        { resourceArn: alarm, address: 'api.aws_lambda_permission.closed', document },
      ],
    });
    expect(await outcomeOf(iam, 'keeper', { action: 'lambda:InvokeFunction', resource: alarm })).toBe('allowed');
    expect(await outcomeOf(iam, 'keeper', { action: 'lambda:InvokeFunction', resource: `${alarm}:old` })).toContain(
      'with an explicit deny in a resource-based policy (api.aws_iam_role.keeper in the Terraform; denied by api.aws_lambda_permission.events, api.aws_lambda_permission.closed/Closed)',
    );
  });
});
