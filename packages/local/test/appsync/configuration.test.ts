import { describe, expect, test } from 'vitest';
import { DeploymentRefused } from '../../src/services/appsync/index.ts';
import { api, code, returns, start, type ApiSpec } from './support.ts';

const SCHEMA = 'type Query { a: String }';

function problems(spec: ApiSpec): readonly string[] {
  try {
    start(spec);
  } catch (error) {
    if (error instanceof DeploymentRefused) return error.problems;
    throw error;
  }
  return [];
}

describe('an API that AppSync would not deploy is refused, with the Terraform address', () => {
  test.each<readonly [string, ApiSpec, readonly (string | RegExp)[]]>([
    [
      'a resolver of a missing field',
      { schema: SCHEMA, resolvers: { 'Query.b': returns('1'), 'Other.a': returns('1') } },
      [
        'aws_appsync_resolver.Query_b: No field named b found on type Query',
        'aws_appsync_resolver.Other_a: No field named a found on type Other',
      ],
    ],
    [
      'a missing data source',
      { schema: SCHEMA, resolvers: { 'Query.a': { code: returns('1'), dataSource: 'gone' } } },
      ['aws_appsync_resolver.Query_a: No data source found named gone'],
    ],
    [
      'a function with a missing data source',
      {
        schema: SCHEMA,
        resolvers: { 'Query.a': { code: returns('1'), functions: [{ code: returns('1'), dataSource: 'gone' }] } },
      },
      ['aws_appsync_function.Query_a_0: No data source found named gone'],
    ],
    [
      'a pipeline of eleven functions',
      {
        schema: SCHEMA,
        resolvers: {
          'Query.a': { code: returns('1'), functions: Array(11).fill({ code: returns('1') }) as { code: string }[] },
        },
      },
      ['aws_appsync_resolver.Query_a: a pipeline has at most 10 functions, not 11'],
    ],
    [
      'code that is outside the language',
      { schema: SCHEMA, resolvers: { 'Query.a': code('while (true) {} return {};') } },
      [/^aws_appsync_resolver\.Query_a: .*3,\d+/],
    ],
    [
      'code without a handler',
      { schema: SCHEMA, resolvers: { 'Query.a': 'export function request(ctx) { return {}; }' } },
      ['aws_appsync_resolver.Query_a: the code exports no function named response'],
    ],
    [
      'no code on a data source that is no Lambda function',
      { schema: SCHEMA, resolvers: { 'Query.a': { dataSource: 'none' } } },
      ['aws_appsync_resolver.Query_a: only a Lambda data source works without code; none is NONE'],
    ],
    [
      'no Query type',
      { schema: 'type Mutation { a: String }' },
      [/^schema of notes: There is no top level schema object defined/],
    ],
    [
      'a syntax error',
      { schema: 'type Query {\n a String }' },
      ['schema of notes: Syntax Error: Expected ":", found Name "String". (line 2, column 4)'],
    ],
    ['an unknown type', { schema: 'type Query { a: Post }' }, ['schema of notes: Unknown type "Post".']],
    [
      'a type called AWS…',
      { schema: `${SCHEMA} type AwsPost { a: String }` },
      ['schema of notes: type AwsPost: type names must not start with AWS'],
    ],
    [
      'a custom scalar',
      { schema: `${SCHEMA} scalar Date` },
      ['schema of notes: custom scalar Date: AppSync has no custom scalars, and declares its own'],
    ],
    [
      'a subscription to a mutation that does not exist',
      { schema: `${SCHEMA} type Subscription { s: String @aws_subscribe(mutations: ["m"]) }` },
      ['schema of notes: Subscription.s: @aws_subscribe names the mutation m, which does not exist'],
    ],
    [
      'a subscription of another type than its mutation',
      {
        schema: `${SCHEMA} type Mutation { m: Int! } type Subscription { s: String @aws_subscribe(mutations: ["m"]) }`,
      },
      ['schema of notes: Subscription.s: its type must be Int, as Mutation.m'],
    ],
  ])('%s', (_title, spec, expected) => {
    expect(problems(spec)).toEqual(
      expected.map((text) => (typeof text === 'string' ? text : (expect.stringMatching(text) as string))),
    );
  });
});

test('a replaced API serves the new version, and a broken one leaves the old one serving', async () => {
  const { query, replace } = start({ schema: SCHEMA, resolvers: { 'Query.a': returns("'old'") } });
  expect(await query('{ a }')).toEqual({ data: { a: 'old' } });
  replace(api({ schema: SCHEMA, resolvers: { 'Query.a': returns("'new'") } }));
  expect(await query('{ a }')).toEqual({ data: { a: 'new' } });
  expect(() => replace(api({ schema: 'type Query {' }))).toThrow(DeploymentRefused);
  expect(await query('{ a }')).toEqual({ data: { a: 'new' } });
});
