import { doors, tryDoor } from '../reach/doors.ts';
import { rowsAt } from '../reach/reach.ts';
import { readMatrix } from '../readTable.ts';
import { makeWorld } from '../world.ts';
import type { Flip } from './flip.ts';
import { noticedByReach } from './functionFlips.ts';
import { differenceIn } from './noticed.ts';
import type { Resources, Stack } from './system.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: unknown;
  readonly Action: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy of a bucket, a queue or a topic, or a key with its own. */
interface Policy {
  readonly bucket?: string;
  policy: string;
}

const TYPES = ['aws_s3_bucket_policy', 'aws_sqs_queue_policy', 'aws_sns_topic_policy', 'aws_kms_key'] as const;

/** What the policies of resources say: each statement for somebody else, each of several actions gone, each value of a condition another. */
export const policyFlipsOfResources = (stack: Stack, resources: Resources): readonly Flip[] =>
  TYPES.flatMap((type) =>
    Object.entries(policiesOf(resources, type)).flatMap(([id, { bucket, policy }]) =>
      changesOf(policy).map(({ what, change }): Flip => ({
        name: `${stack} ${type} ${id} ${what}`,
        stack,
        change: (changed) => {
          const found = policiesOf(changed, type)[id];
          if (found) found.policy = change(found.policy);
        },
        look: () => noticedAtResource(bucket),
      })),
    ),
  );

const policiesOf = (resources: Resources, type: (typeof TYPES)[number]): Record<string, Policy> =>
  (resources[type] ?? {}) as unknown as Record<string, Policy>;

interface ChangeOfPolicy {
  readonly what: string;
  readonly change: (policy: string) => string;
}

function changesOf(text: string): readonly ChangeOfPolicy[] {
  return statementsOf(text).flatMap((statement, index): ChangeOfPolicy[] => {
    const { Effect, Action, Condition = {} } = statement;
    const name = `${Effect} of ${[Action].flat().join(', ')}`;
    const having = (other: Partial<Statement>) => (policy: string) => withStatement(policy, index, other);
    const actions = [Action].flat();
    return [
      { what: `whose ${name} is for somebody else`, change: having({ Principal: { AWS: ANOTHER_ACCOUNT } }) },
      ...(actions.length === 1 ? [] : actions).map((action) => ({
        what: `whose ${name} is without ${action}`,
        change: having({ Action: actions.filter((one) => one !== action) }),
      })),
      ...Object.entries(Condition).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, value]) => ({
          what: `whose ${name} asks for another ${key}`,
          change: having({
            Condition: { ...Condition, [operator]: { ...keys, [key]: anotherThan(value, operator) } },
          }),
        })),
      ),
    ];
  });
}

function withStatement(text: string, index: number, other: Partial<Statement>): string {
  const Statement = statementsOf(text).map((one, at) => (at === index ? { ...one, ...other } : one));
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

const statementsOf = (text: string): readonly Statement[] =>
  (JSON.parse(text) as { readonly Statement: readonly Statement[] }).Statement;

function anotherThan(value: string | readonly string[], operator: string): string {
  if (operator === 'Bool') return value === 'false' ? 'true' : 'false';
  return operator.startsWith('Arn') ? `arn:aws:iam::${ANOTHER_ACCOUNT}:role/elsewhere` : 'elsewhere';
}

/** Who may call a function: each permission for somebody else, and each of its conditions another. */
export const permissionFlips = (stack: Stack, resources: Resources): readonly Flip[] =>
  Object.entries(resources['aws_lambda_permission'] ?? {}).flatMap(([id, permission]) =>
    Object.entries(OTHERS)
      .filter(([argument]) => argument in permission)
      .map(([argument, other]): Flip => ({
        name: `${stack} permission ${id} with another ${argument}`,
        stack,
        change: (changed) => {
          const found = changed['aws_lambda_permission']?.[id];
          if (found) found[argument] = other(found[argument]);
        },
        look: () => noticedAtResource(),
      })),
  );

const ANOTHER_ACCOUNT = '999999999999';

const OTHERS: Readonly<Record<string, (value: unknown) => string>> = {
  principal: () => ANOTHER_ACCOUNT,
  source_arn: () => `arn:aws:cloudfront::${ANOTHER_ACCOUNT}:distribution/ELSEWHERE`,
  source_account: () => ANOTHER_ACCOUNT,
  function_url_auth_type: (value) => (value === 'NONE' ? 'AWS_IAM' : 'NONE'),
};

/** What is noticed of the policy of a resource: at the doors, by the roles who have work there, and by readers of pages. */
async function noticedAtResource(bucket?: string): Promise<string | null> {
  for (const door of doors) {
    const gets = await tryDoor(door);
    if (gets !== door.gets) return `doors.md ${door.at} gives ${door.who}: ${gets}`;
  }
  // A role's call of a function would show a permission that lets in more than it should.
  const anyRole = await noticedByReach('trending', ['function persistedQuery', 'function unsubscribe']);
  const name = /aws_s3_bucket[._](?:bucket_policies_)?(\w+?)[._]id\}/.exec(bucket ?? '')?.[1];
  if (anyRole !== null || name === undefined) return anyRole;
  for (const { role, at } of rowsAt(`bucket ${name}`)) {
    const seen = await noticedByReach(role, [at]);
    if (seen !== null) return seen;
  }
  return name === 'pages' ? noticedByReaders() : null;
}

/** AppSync alone reads the pages. */
async function noticedByReaders(): Promise<string | null> {
  const world = await makeWorld();
  for (const row of readMatrix().filter(({ field }) => field === 'Query.page')) {
    const difference = await differenceIn(row, world);
    if (difference !== null) return difference;
  }
  return null;
}
