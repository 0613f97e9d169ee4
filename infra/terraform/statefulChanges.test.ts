import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PlanJson } from './stateFile.ts';
import { statefulChanges } from './statefulChanges.ts';

/** What `terraform show -json` printed for one edit each of the data stack, with hashicorp/aws 5.100.0. */
function recordedPlan(name: string): PlanJson {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.plan.json`), 'utf8')) as PlanJson;
}

const messages = (name: string) => statefulChanges(recordedPlan(name)).map(({ message }) => message);

describe('a plan', () => {
  test('that changes a table in place loses nothing', () => {
    expect(messages('tableProtected')).toEqual([]);
  });

  test('that creates everything loses nothing', () => {
    expect(messages('first')).toEqual([]);
  });

  test('that replaces a table names the table, the argument and the way out', () => {
    expect(statefulChanges(recordedPlan('tableRenamed'))).toEqual([
      {
        address: 'aws_dynamodb_table.posts',
        kind: 'replaced',
        message:
          'aws_dynamodb_table.posts would be replaced, and its items lost, because of name. Make a second one and copy, or leave the argument as it was.',
      },
    ]);
  });

  test('that replaces the user pool says what is lost with it', () => {
    expect(messages('userPoolSignsInByName')).toEqual([
      'aws_cognito_user_pool.members would be replaced, and its members and their passwords lost, because of alias_attributes, username_attributes. Make a second one and copy, or leave the argument as it was.',
    ]);
  });

  test('that destroys a bucket fails, and what depends on it does not count', () => {
    expect(statefulChanges(recordedPlan('bucketRemoved'))).toEqual([
      {
        address: 'aws_s3_bucket.site',
        kind: 'destroyed',
        message:
          'aws_s3_bucket.site would be destroyed, and its objects lost. Take it out of the state first (`terraform state rm`) if it is to be kept, or allow its end by address.',
      },
    ]);
  });

  test('that renames a construct tells how to move it', () => {
    expect(messages('tableConstructRenamed')).toEqual([
      'aws_dynamodb_table.media would be destroyed, and its items lost. It comes back as aws_dynamodb_table.pictures: `terraform state mv aws_dynamodb_table.media aws_dynamodb_table.pictures` keeps it.',
    ]);
  });

  test('may lose what was allowed by address, and nothing else', () => {
    const allowed = new Set(['aws_dynamodb_table.posts']);
    expect(statefulChanges(recordedPlan('tableRenamed'), allowed)).toEqual([]);
    expect(statefulChanges(recordedPlan('bucketRemoved'), allowed)).toHaveLength(1);
  });
});
