import { beforeAll, describe, expect, test } from 'vitest';
import type { Stacks } from '../../src/infrastructure/resources.ts';
import { comparePermissions } from '../../src/permissions/comparePermissions.ts';
import { permissionsOf } from '../../src/permissions/statements.ts';
import { argsOf, changed, realStacks, type Resources } from '../stacks.ts';

let real: Stacks;
beforeAll(async () => {
  real = await realStacks();
});

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource?: string | string[];
  Principal?: unknown;
  Condition?: Record<string, Record<string, string>>;
}

/** Changes the statements of a policy in JSON. */
const statements =
  (type: string, id: string, argument: string, change: (statements: Statement[]) => void) =>
  (resources: Resources): void => {
    const args = argsOf(resources, type, id);
    const policy = JSON.parse(String(args[argument])) as { Statement: Statement[] };
    const before = JSON.stringify(policy);
    change(policy.Statement);
    if (JSON.stringify(policy) === before) throw new Error(`${type}.${id} is as it was`);
    args[argument] = JSON.stringify(policy);
  };

const role = (id: string, change: (statements: Statement[]) => void) =>
  statements('aws_iam_role_policy', id, 'policy', change);
const trust = (id: string, change: (statements: Statement[]) => void) =>
  statements('aws_iam_role', id, 'assume_role_policy', change);
const bucket = (id: string, change: (statements: Statement[]) => void) =>
  statements('aws_s3_bucket_policy', id, 'policy', change);
const first = (all: Statement[]): Statement => all[0] as Statement;

const POSTS = '${aws_dynamodb_table.posts.arn}';

describe('a change of permissions', () => {
  test.each<[string, string, (resources: Resources) => void, string, string, string]>([
    [
      'a role may do more',
      'api',
      role('counters', (all) => all.push({ Effect: 'Allow', Action: ['dynamodb:DeleteItem'], Resource: [POSTS] })),
      'dangerous',
      'PERMISSION_ADDED',
      'role counters',
    ],
    [
      'a role may do everything with a table',
      'api',
      role('counters', (all) => all.push({ Effect: 'Allow', Action: ['dynamodb:*'], Resource: [POSTS] })),
      'blocking',
      'WILDCARD_ADDED',
      'role counters',
    ],
    [
      'a role may read every table',
      'api',
      role('counters', (all) => all.push({ Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: ['*'] })),
      'blocking',
      'WILDCARD_ADDED',
      'role counters',
    ],
    [
      'a role may do less',
      'api',
      role('counters', (all) => void all.pop()),
      'safe',
      'PERMISSION_REMOVED',
      'role counters',
    ],
    [
      'another service takes a role',
      'api',
      trust(
        'counters',
        (all) => void (first(all).Principal = { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] }),
      ),
      'blocking',
      'PRINCIPAL_ADDED',
      'trust of role counters',
    ],
    [
      'anybody takes a role',
      'api',
      trust('counters', (all) => void (first(all).Principal = '*')),
      'blocking',
      'WILDCARD_ADDED',
      'trust of role counters',
    ],
    [
      "a role's trust loses its condition",
      'api',
      trust('ask_tickets', (all) => void delete first(all).Condition),
      'blocking',
      'CONDITION_CHANGED',
      'trust of role ask_tickets',
    ],
    [
      'a bucket lets everybody read',
      'edge',
      bucket('photos', (all) =>
        all.push({
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: '${aws_s3_bucket.photos.arn}/*',
        }),
      ),
      'blocking',
      'WILDCARD_ADDED',
      'bucket photos',
    ],
    [
      'a bucket lets in another account',
      'edge',
      bucket('photos', (all) =>
        all.push({
          Effect: 'Allow',
          Principal: { AWS: '111122223333' },
          Action: 's3:GetObject',
          Resource: '${aws_s3_bucket.photos.arn}/*',
        }),
      ),
      'blocking',
      'PRINCIPAL_ADDED',
      'bucket photos',
    ],
    [
      'a bucket is read without TLS',
      'data',
      bucket('archive', (all) => void all.splice(0)),
      'blocking',
      'DENY_REMOVED',
      'bucket archive',
    ],
    [
      'a function is called by anything',
      'observability',
      (resources) =>
        void Object.assign(
          argsOf(
            resources,
            'aws_lambda_permission',
            Object.keys(resources['aws_lambda_permission'] ?? {}).find((id) => !id.startsWith('unsubscribe')) ?? '',
          ),
          { principal: '*' },
        ),
      'blocking',
      'WILDCARD_ADDED',
      '',
    ],
    [
      'a policy of AWS is attached',
      'bootstrap',
      (resources) =>
        void ((resources['aws_iam_role_policy_attachment'] ??= {})['more'] = {
          role: '${aws_iam_role.plan_changes.name}',
          policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        }),
      'blocking',
      'WILDCARD_ADDED',
      'role plan_changes',
    ],
  ])('%s', (_, stack, change, severity, code, subject) => {
    const findings = comparePermissions(real, changed(real, stack, change));
    const worst = findings.find((finding) => finding.code === code);
    expect(worst ?? findings).toMatchObject({ severity, code });
    if (subject !== '') expect(worst?.subject).toBe(subject);
    if (severity === 'blocking') expect(worst?.cell).toContain(worst?.subject);
    expect(findings.filter((finding) => finding.severity === 'blocking').length > 0).toBe(severity === 'blocking');
  });

  test('in another order is none', () => {
    const other = changed(
      real,
      'api',
      role('counters', (all) => void all.reverse()),
    );
    expect(comparePermissions(real, other)).toEqual([]);
    expect(comparePermissions(real, real)).toEqual([]);
  });
});

test('permissions name tables as the Terraform does, on both sides of a stack', () => {
  const ofCounters = permissionsOf(real).filter(({ holder }) => holder === 'role counters');
  expect(ofCounters.map(({ action, resource }) => `${action} ${resource}`)).toContain(
    'dynamodb:UpdateItem aws_dynamodb_table.posts',
  );
  expect(permissionsOf(real).filter(({ resource }) => resource.includes('${'))).toEqual([]);
});
