import { describe, expect, test } from 'vitest';
import { fits, shapeOf } from './arn.ts';
import { codeProblems } from './appsyncJs.ts';
import { cyclesOf } from './cycles.ts';
import { scheduleProblem } from './schedule.ts';
import { bareNames, interpolationsOf, referencesOf } from './template.ts';

describe('templates', () => {
  test.each<[string, string[]]>([
    ['a${aws_sqs_queue.jobs.arn}b', ['aws_sqs_queue.jobs.arn']],
    ['$${id} and %%{ if }', []],
    ['%{ if true }', ['if true']],
    ['${jsonencode({ a = "}" })}', ['jsonencode({ a = "}" })']],
    ['${"${var.a}"}${b.c}', ['"${var.a}"', 'b.c']],
    ['${never closed', ['never closed']],
  ])('in %j are %j', (text, expressions) => {
    expect(interpolationsOf(text).map(({ expression }) => expression)).toEqual(expressions);
  });

  test.each<[string, string[], string[]]>([
    ['aws_sqs_queue.jobs.arn', ['aws_sqs_queue.jobs'], []],
    ['data.aws_caller_identity.current.account_id', ['data.aws_caller_identity.current'], []],
    ['aws_appsync_graphql_api.a.uris["GRAPHQL"]', ['aws_appsync_graphql_api.a'], []],
    ['tolist(aws_acm_certificate.a.options)[0].name', ['aws_acm_certificate.a'], []],
    ['join(",", [aws_a.b.c, "${aws_d.e.f}"])', ['aws_a.b', 'aws_d.e'], []],
    ['id', [], ['id']],
    ['"text.with.dots"', [], []],
  ])('%s refers to %j and has the bare names %j', (expression, addresses, bare) => {
    expect(referencesOf(expression).map(({ address }) => address)).toEqual(addresses);
    expect(bareNames(expression)).toEqual(bare);
  });
});

describe('the shape of an ARN', () => {
  const TABLE = 'arn:${Partition}:dynamodb:${Region}:${Account}:table/${TableName}';
  const INDEX = `${TABLE}/index/\${IndexName}`;
  const OBJECT = 'arn:${Partition}:s3:::${BucketName}/${ObjectName}';

  test.each([
    ['${aws_dynamodb_table.posts.arn}/index/byTag', 'arn:aws:dynamodb:x:x:table/x/index/byTag'],
    [
      '${data.terraform_remote_state.cross-stack-reference-input-data.outputs.cross-stack-output-aws_dynamodb_table_posts_stream_arn}',
      'arn:aws:dynamodb:x:x:table/x/stream/x',
    ],
    ['arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/a', 'arn:aws:iam::x:role/a'],
    ['${var.unknown}/a', '*'],
  ])('of %s is %s', (written, shape) => {
    expect(shapeOf(written)).toBe(shape);
  });

  test.each([
    ['arn:aws:dynamodb:x:x:table/x', TABLE, true],
    ['arn:aws:dynamodb:x:x:table/x/index/y', TABLE, false],
    ['arn:aws:dynamodb:x:x:table/x/index/y', INDEX, true],
    ['arn:aws:dynamodb:x:x:table/*', INDEX, true],
    ['arn:aws:dynamodb:x:x:table/hiroba-*', TABLE, true],
    ['arn:aws:s3:::x/*', OBJECT, true],
    ['arn:aws:s3:::x/a/b/c.jpg', OBJECT, true],
    ['arn:aws:s3:::x', OBJECT, false],
    ['arn:aws:sqs:x:x:x', TABLE, false],
  ])('%s against %s: %s', (shape, template, expected) => {
    expect(fits(shape, template)).toBe(expected);
  });
});

describe('a schedule', () => {
  test.each([
    'rate(1 minute)',
    'rate(0 minute)',
    'rate(5 minutes)',
    'cron(0 9 * * ? *)',
    'cron(0/15 8-18 ? * MON-FRI *)',
    'cron(0 0 L * ? 2027)',
    'cron(0 0 ? * 2#1 *)',
    'at(2027-01-01T00:00:00)',
  ])('%s is one', (expression) => {
    expect(scheduleProblem(expression)).toBeUndefined();
  });

  test.each([
    ['every day', 'which is none of rate(), cron() and at()'],
    ['rate(5 minute)', 'whose unit should be minutes'],
    ['rate(1 weeks)', 'whose rate is not a number and minutes, hours or days'],
    ['cron(0 9 * * *)', 'which has 5 of the 6 fields of AWS, the year among them'],
    ['cron(60 9 * * ? *)', 'whose minutes is not allowed'],
    ['cron(0 9 * * * *)', 'of which one of the two days, and not both, must be ?'],
    ['cron(0 9 * FOO ? *)', 'whose month is not allowed'],
    ['at(2027-13-01T00:00:00)', 'whose time is not yyyy-mm-ddThh:mm:ss'],
  ])('%s is none', (expression, problem) => {
    expect(scheduleProblem(expression)).toBe(problem);
  });
});

describe('code of a resolver', () => {
  const around = (body: string): string =>
    `export function request(ctx) { ${body} }\nexport const response = (ctx) => ctx.result;\n`;

  test.each([
    'return `${ctx.args.id ?? ""}`;',
    'for (const a of ctx.args.ids) { if (a) break; } return {};',
    'let n = 0; n += 1; return { n, ...ctx.args };',
  ])('may be %s', (body) => {
    expect(codeProblems(around(body))).toEqual([]);
  });

  test.each([
    ['for (let i = 0; i < 3; i += 1) {}', 'a C-style for loop'],
    ['while (true) {}', 'a while loop'],
    ['try { a(); } catch {}', 'try-catch'],
    ['let i = 0; i++;', '++ or -- after a name'],
    ['return ~1;', '++, -- or ~'],
    ["return 'a' in ctx;", 'the operator in'],
    ['return /a/.test(ctx);', 'a regular expression literal'],
    ['return new Date();', 'a new expression'],
    ['for (const a of b) { continue; }', 'a continue statement'],
  ])('may not be %s', (body, what) => {
    expect(codeProblems(around(body))).toMatchObject([{ line: 1, what }]);
  });

  test('exports request and response', () => {
    expect(codeProblems('export function request() {}')).toMatchObject([{ what: 'no exported response' }]);
  });
});

test('circles are found once each, however they are entered', () => {
  const edges = new Map([
    ['c', ['a']],
    ['a', ['b', 'none']],
    ['b', ['c']],
    ['d', ['a', 'd']],
    ['e', []],
  ]);
  expect(cyclesOf(edges)).toEqual([['a', 'b', 'c'], ['d']]);
});
