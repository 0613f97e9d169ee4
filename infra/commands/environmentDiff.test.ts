import { beforeAll, describe, expect, test } from 'vitest';
import { rungNames } from '../rungs.ts';
import { synthesizeTarget, type SynthesizedTarget, type TerraformDocument } from '../targets.ts';
import type { Stage } from '../stages.ts';
import { allowedBetweenStages, isAllowed } from './allowedDifferences.ts';
import { differencesBetween, type Difference } from './environmentDiff.ts';
import { report } from './environmentReport.ts';

const found: Difference[] = [];
const pairs: readonly (readonly [Stage, Stage])[] = [
  ['dev', 'staging'],
  ['staging', 'prod'],
  ['dev', 'prod'],
];

describe.each(rungNames)('at %s', (rung) => {
  test.each(pairs)(
    '%s and %s differ in what the list allows and in nothing else',
    async (one, other) => {
      const [left, right] = await Promise.all([
        synthesizeTarget({ stage: one, rung }),
        synthesizeTarget({ stage: other, rung }),
      ]);
      const differences = differencesBetween(left, right);
      found.push(...differences);
      expect(differences.length).toBeGreaterThan(10);
      expect(report(differences.filter((difference) => !isAllowed(difference)))).toEqual(['nothing differs']);
    },
    60_000,
  );
});

test('allows nothing that does not occur', () => {
  const unused = allowedBetweenStages.filter(
    (allowed) => !found.some((difference) => isAllowed(difference, [allowed])),
  );
  expect(unused).toEqual([]);
});

describe('a difference', () => {
  let dev: SynthesizedTarget;
  beforeAll(async () => {
    dev = await synthesizeTarget({ stage: 'dev', rung: 'users' });
  });

  function changed(stack: string, change: (document: TerraformDocument) => void): SynthesizedTarget {
    const document = structuredClone(dev.stacks.get(stack));
    if (!document) throw new Error(`There is no stack ${stack}.`);
    change(document);
    return { ...dev, stacks: new Map([...dev.stacks, [stack, document]]) };
  }

  type Mutable = Record<string, Record<string, Record<string, unknown>>>;

  test('of a value is told with the construct that makes it, and is not allowed unless the list says so', () => {
    const right = changed('data', ({ resource }) => {
      (resource as Mutable).aws_dynamodb_table!.posts!.billing_mode = 'PROVISIONED';
      (resource as Mutable).aws_dynamodb_table!.users!.deletion_protection_enabled = true;
    });
    const differences = differencesBetween(dev, right);
    expect(report(differences)).toEqual([
      'data aws_dynamodb_table: billing_mode "PAY_PER_REQUEST" -> "PROVISIONED"',
      '    dynamodb tables/posts',
      'data aws_dynamodb_table: deletion_protection_enabled false -> true',
      '    dynamodb tables/users',
    ]);
    expect(differences.map((difference) => isAllowed(difference))).toEqual([false, true]);
  });

  test('of a policy is told by its statement', () => {
    const right = changed('api', ({ resource }) => {
      const role = (resource as Mutable).aws_iam_role_policy!.posts_read!;
      role.policy = String(role.policy).replace('"dynamodb:GetItem"', '"dynamodb:*"');
    });
    expect(report(differencesBetween(dev, right))).toEqual([
      'api aws_iam_role_policy: policy.Statement.0.Action.0 "dynamodb:GetItem" -> "dynamodb:*"',
      '    data sources/posts_read/policy',
    ]);
  });

  test('of a whole resource is told by its side', () => {
    const right = changed('data', ({ resource }) => {
      delete (resource as Mutable).aws_s3_bucket!.photos;
    });
    expect(report(differencesBetween(dev, right))).toEqual([
      'data aws_s3_bucket: only on the left',
      '    private buckets/photos/resource',
    ]);
  });

  test('is none between a target and itself', () => {
    expect(report(differencesBetween(dev, dev))).toEqual(['nothing differs']);
  });
});
