import { describe, expect, test } from 'vitest';
import { createIam, PolicyError, type Iam, type IamDefinition } from '../../src/services/iam/index.ts';
import { account, iamWith, outcomeOf, policy, role, roleArn, table, trustIn } from './support.ts';

const read = {
  Sid: 'Read',
  Effect: 'Allow',
  Action: ['dynamodb:GetItem', 'dynamodb:Query'],
  Resource: [table('readings')],
};

async function problemsOf(definition: IamDefinition): Promise<readonly string[]> {
  const error: unknown = await createIam({ account })
    .replace(definition)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  return error instanceof PolicyError ? error.problems : [];
}

describe('a policy document', () => {
  test.each([
    [
      'an action that does not exist',
      { ...read, Action: 'dynamodb:PutItm' },
      'Read.Action: AWS has no action "dynamodb:PutItm"; did you mean dynamodb:PutItem?',
    ],
    [
      'an action of no service',
      { ...read, Action: 'dynmodb:PutItem' },
      'Read.Action: AWS has no service "dynmodb", named by the action "dynmodb:PutItem"; did you mean dynamodb?',
    ],
    [
      'a pattern that matches no action',
      { Effect: 'Allow', NotAction: ['dynamodb:Frob*'], Resource: '*' },
      'Statement[0].NotAction: no action of AWS matches "dynamodb:Frob*"',
    ],
    [
      'an unknown effect',
      { ...read, Effect: 'Alow' },
      'Statement[0].Effect: Effect must be present and exactly "Allow" or "Deny"',
    ],
    [
      'no resource',
      { Effect: 'Allow', Action: 'dynamodb:GetItem' },
      'Statement[0]: One of Resource or NotResource is required in an identity policy statement',
    ],
  ])('with %s is refused with its address', async (_what, statement, problem) => {
    expect(await problemsOf({ roles: [role('reader', [statement])] })).toEqual([
      `api.aws_iam_role_policy.reader: ${problem}`,
    ]);
  });

  test.each([
    ['that is not JSON', '{"Version": ', 'is not valid JSON: Unexpected end of JSON input'],
    ['that is no object', '[]', 'must be a JSON object with Version and Statement'],
    [
      'of an unknown version',
      JSON.stringify({ ...policy(read), Version: '2020-01-01' }),
      ': Version: Version must be either "2012-10-17" or "2008-10-17"',
    ],
  ])('%s is refused with its address', async (_what, document, problem) => {
    const policies = [{ name: 'p', address: 'api.aws_iam_policy.p', document }];
    const [found = ''] = await problemsOf({ roles: [role('reader', [], { policies })] });
    expect(found.replace('api.aws_iam_policy.p', '').trim()).toBe(problem);
  });

  test('may use wildcards that match some action', async () => {
    expect(
      await problemsOf({
        roles: [role('reader', [{ ...read, Action: ['dynamodb:Batch*Item', 'dynamodb:?etItem', '*'] }])],
      }),
    ).toEqual([]);
  });

  test('that is wrong is reported together with every other one', async () => {
    const problems = await problemsOf({
      roles: [
        role('a', [{ ...read, Action: ['dynamodb:Gett', 'dynamodb:GetItem'] }], { trustPolicy: '{' }),
        role('b', [], { permissionsBoundary: { name: 'edge', address: 'api.aws_iam_policy.edge', document: '[]' } }),
      ],
      resourcePolicies: [
        {
          resourceArn: table('readings'),
          address: 'api.aws_dynamodb_resource_policy.r',
          document: policy({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' }),
        },
      ],
    });
    expect(problems.map((problem) => problem.split(/[: ]/)[0])).toEqual([
      'api.aws_iam_role.a.assume_role_policy',
      'api.aws_iam_role_policy.a',
      'api.aws_iam_policy.edge',
      'api.aws_dynamodb_resource_policy.r',
    ]);
  });

  test('that is wrong leaves the former policies in force', async () => {
    const iam = await iamWith({ roles: [role('reader', [read])] });
    await expect(iam.replace({ roles: [role('reader', [{ ...read, Action: 'x:y' }])] })).rejects.toThrow(PolicyError);
    expect(await outcomeOf(iam, 'reader', { action: 'dynamodb:GetItem', resource: table('readings') })).toBe('allowed');
  });

  test('of a role whose name another role has is refused', async () => {
    expect(
      await problemsOf({ roles: [role('reader', []), role('reader', [], { address: 'api.aws_iam_role.other' })] }),
    ).toEqual(['api.aws_iam_role.other: api.aws_iam_role.reader has the same name reader']);
  });
});

describe('the trust in a service', () => {
  const withAccount = trustIn('appsync.amazonaws.com', {
    Condition: {
      StringEquals: { 'aws:SourceAccount': '123456789012' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:appsync:eu-west-1:123456789012:apis/*' },
    },
  });
  const sourceArn = 'arn:aws:appsync:eu-west-1:123456789012:apis/greenhouse';

  test('is given by a trust policy that names it', async () => {
    const iam = await iamWith({ roles: [role('reader', [])] });
    await expect(iam.trusts(roleArn('reader'), 'appsync.amazonaws.com')).resolves.toBeUndefined();
  });

  test('is given under conditions that the service meets', async () => {
    const iam = await iamWith({ roles: [role('reader', [], { trustPolicy: withAccount })] });
    await expect(
      iam.trusts(roleArn('reader'), 'appsync.amazonaws.com', { sourceArn, sourceAccount: '123456789012' }),
    ).resolves.toBeUndefined();
  });

  test.each([
    [
      { sourceArn, sourceAccount: '999999999999' },
      'its assume_role_policy wants aws:SourceAccount StringEquals ["123456789012"], and here it is 999999999999',
    ],
    [
      { sourceAccount: '123456789012' },
      'its assume_role_policy wants aws:SourceArn ArnLike ["arn:aws:appsync:eu-west-1:123456789012:apis/*"], and here it is not given',
    ],
  ])('is withheld under conditions that it does not meet', async (context, reason) => {
    const iam = await iamWith({ roles: [role('reader', [], { trustPolicy: withAccount })] });
    await expect(iam.trusts(roleArn('reader'), 'appsync.amazonaws.com', context)).rejects.toThrow(
      new PolicyError([`api.aws_iam_role.reader does not let appsync.amazonaws.com take it on: ${reason}`]),
    );
  });

  test('is withheld when the trust policy names another', async () => {
    const iam = await iamWith({ roles: [role('reader', [])] });
    await expect(iam.trusts(roleArn('reader'), 'lambda.amazonaws.com')).rejects.toThrow(
      new PolicyError([
        'api.aws_iam_role.reader does not let lambda.amazonaws.com take it on: its assume_role_policy trusts appsync.amazonaws.com. Allow sts:AssumeRole to Principal {"Service": "lambda.amazonaws.com"} there',
      ]),
    );
  });

  test('cannot be asked of a role that does not exist', async () => {
    const iam = await iamWith({ roles: [] });
    await expect(iam.trusts(roleArn('ghost'), 'lambda.amazonaws.com')).rejects.toThrow(
      new PolicyError([
        `lambda.amazonaws.com is to take on ${roleArn('ghost')}, but no role of the Terraform has this ARN`,
      ]),
    );
  });
});

describe('the report of use', () => {
  const used = (iam: Iam): readonly string[] =>
    iam
      .usage()
      .map(
        ({ statement, action, resource, used: isUsed }) => `${isUsed ? '+' : '-'} ${statement} ${action} ${resource}`,
      );

  test('lists each allowed action on each resource, and whether an allowed call has used it', async () => {
    const logs = { Effect: 'Allow', NotAction: 'logs:Delete*', Resource: 'arn:aws:logs:*' };
    const deny = { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' };
    const iam = await iamWith({ roles: [role('reader', [read, logs, deny])] });
    await iam.authorize({ arn: roleArn('reader') }, { action: 'dynamodb:GetItem', resource: table('readings') });
    await outcomeOf(iam, 'reader', { action: 'dynamodb:Query', resource: table('other') });
    expect(iam.usage()[0]).toEqual({
      roleArn: roleArn('reader'),
      role: 'api.aws_iam_role.reader',
      policy: 'api.aws_iam_role_policy.reader',
      statement: 'Read',
      action: 'dynamodb:GetItem',
      resource: table('readings'),
      used: true,
    });
    expect(used(iam)).toEqual([
      `+ Read dynamodb:GetItem ${table('readings')}`,
      `- Read dynamodb:Query ${table('readings')}`,
      '- Statement[1] not logs:Delete* arn:aws:logs:*',
    ]);
  });

  test('marks the patterns that matched, and not their neighbours', async () => {
    const iam = await iamWith({
      roles: [
        role('reader', [
          { Effect: 'Allow', Action: ['dynamodb:Get*', 'dynamodb:Put*'], Resource: [table('read*'), table('sensors')] },
          { Effect: 'Allow', NotAction: 's3:*', NotResource: table('sensors') },
        ]),
      ],
    });
    await iam.authorize({ arn: roleArn('reader') }, { action: 'dynamodb:GetItem', resource: table('readings') });
    expect(used(iam)).toEqual([
      `+ Statement[0] dynamodb:Get* ${table('read*')}`,
      `- Statement[0] dynamodb:Get* ${table('sensors')}`,
      `- Statement[0] dynamodb:Put* ${table('read*')}`,
      `- Statement[0] dynamodb:Put* ${table('sensors')}`,
      `+ Statement[1] not s3:* not ${table('sensors')}`,
    ]);
  });

  test('remembers across a reload', async () => {
    const iam = await iamWith({ roles: [role('reader', [read])] });
    await iam.authorize({ arn: roleArn('reader') }, { action: 'dynamodb:Query', resource: table('readings') });
    await iam.replace({ roles: [role('reader', [read]), role('other', [read])] });
    expect(iam.usage().map(({ role: address, action, used: isUsed }) => [address, action, isUsed])).toEqual([
      ['api.aws_iam_role.reader', 'dynamodb:GetItem', false],
      ['api.aws_iam_role.reader', 'dynamodb:Query', true],
      ['api.aws_iam_role.other', 'dynamodb:GetItem', false],
      ['api.aws_iam_role.other', 'dynamodb:Query', false],
    ]);
  });
});
