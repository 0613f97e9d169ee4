import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { returns, start } from './support.ts';

interface ScalarCase {
  readonly scalar: string;
  readonly value: string | number;
  readonly valid: boolean;
  /** Where the case comes from. */
  readonly source: string;
}

const CASES = JSON.parse(readFileSync(new URL('fixtures/scalars.json', import.meta.url), 'utf8')) as ScalarCase[];

const OWN_CASES: readonly (readonly [string, unknown, boolean])[] = [
  ['AWSDate', '2024-02-29', true],
  ['AWSDate', '2023-02-29', false],
  ['AWSDate', '2019-12-24T04:15:57.798Z', false],
  ['AWSTime', '12:30', true],
  ['AWSTime', '24:00', false],
  ['AWSDateTime', '2020-05-23T06:4:37.000Z', false],
  ['AWSDateTime', '2020-05-23T06:04:37+05:30:15', true],
  ['AWSTimestamp', -31557014167219200, true],
  ['AWSTimestamp', -31557014167219208, false],
  ['AWSTimestamp', 1.5, false],
  ['AWSEmail', 'a b@c', false],
  ['AWSPhone', '1110004444', false],
  ['AWSPhone', '206 555 0100', true],
  ['AWSURL', 'mailto:a@b.example', true],
  ['AWSIPAddress', '::1/129', false],
  ['AWSIPAddress', '1a2b:3c4b::1234:4567/64', true],
  ['Int', 2147483647, true],
  ['Int', 2147483648, false],
  ['Int', '1', false],
  ['Float', 1, true],
  ['Float', '1.5', false],
  ['ID', 12, true],
  ['ID', 1.5, false],
  ['Boolean', 'true', false],
];

const { query } = start({
  schema: `type Query { ${[...new Set([...CASES.map(({ scalar }) => scalar), 'Int', 'Float', 'ID', 'Boolean'])]
    .map((scalar) => `${scalar}(v: ${scalar}): Boolean`)
    .join(' ')} }`,
  resolvers: Object.fromEntries(
    [...new Set([...CASES.map(({ scalar }) => scalar), 'Int', 'Float', 'ID', 'Boolean'])].map((scalar) => [
      `Query.${scalar}`,
      returns('true'),
    ]),
  ),
});

const all = [...CASES.map(({ scalar, value, valid }) => [scalar, value, valid] as const), ...OWN_CASES];

describe('input', () => {
  test.each(all)('%s %j as a variable is accepted: %s', async (scalar, value, valid) => {
    const { errors } = await query(`query ($v: ${scalar}) { ${scalar}(v: $v) }`, { v: value });
    expect(errors === undefined).toBe(valid);
  });

  test.each(all)('%s %j as a literal is accepted: %s', async (scalar, value, valid) => {
    const { errors } = await query(`{ ${scalar}(v: ${JSON.stringify(value)}) }`);
    expect(errors === undefined).toBe(valid);
  });
});

test('AWSJSON is parsed for resolvers and printed for clients; a string that holds JSON is printed as it is', async () => {
  const api = start({
    schema: 'type Query { in(v: AWSJSON): String out: [AWSJSON] }',
    resolvers: {
      'Query.in': returns('typeof ctx.args.v + ctx.args.v.a[0]'),
      'Query.out': returns('[{ a: 1 }, "{}", "text", 1]'),
    },
  });
  expect(await api.query('query ($v: AWSJSON) { in(v: $v) out }', { v: '{"a":[2]}' })).toEqual({
    data: { in: 'object2', out: ['{"a":1}', '{}', '"text"', '1'] },
  });
});

test.each([
  [
    'AWSDateTime',
    "'2020-05-23T06:4:37.000Z'",
    'Unable to serialize `2020-05-23T06:4:37.000Z` as a valid DateTime Object.',
  ],
  ['AWSTimestamp', "'soon'", 'Unable to serialize `soon` as a valid timestamp Object.'],
  ['AWSEmail', '{ a: 1 }', 'Unable to serialize `{a=1}` as a valid email address Object.'],
])('an output that is no %s becomes null and says why', async (scalar, value, reason) => {
  const api = start({ schema: `type Query { out: [${scalar}] }`, resolvers: { 'Query.out': returns(`[${value}]`) } });
  expect(await api.query('{ out }')).toEqual({
    data: { out: [null] },
    errors: [{ path: ['out', 0], locations: null, message: `Can't serialize value (/out[0]) : ${reason}` }],
  });
});
