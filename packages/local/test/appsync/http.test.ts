import { describe, expect, test } from 'vitest';
import { API_KEY, REQUEST_ID, returns, start } from './support.ts';

const SCHEMA = /* GraphQL */ `
  type Query {
    echo(text: String): String
  }
  type Mutation {
    set(text: String): String
  }
  type Subscription {
    changed: String @aws_subscribe(mutations: ["set"])
  }
`;
const RESOLVERS = { 'Query.echo': returns('ctx.args.text'), 'Mutation.set': returns('ctx.args.text') };
const { post, handle } = start({ schema: SCHEMA, resolvers: RESOLVERS });

const get = (search: Record<string, string>) =>
  handle({
    method: 'GET',
    url: `/graphql?${new URLSearchParams(search).toString()}`,
    headers: { 'x-api-key': API_KEY },
    body: Buffer.alloc(0),
    remoteAddress: '127.0.0.1',
  });

test('an answer has a request id and the content type of AppSync', async () => {
  const { status, headers } = await post('{"query":"{ echo }"}');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/json;charset=UTF-8');
  expect(headers['x-amzn-requestid']).toMatch(REQUEST_ID);
  expect(headers).not.toHaveProperty('x-amzn-errortype');
});

describe('a request that is no GraphQL request is refused with 400', () => {
  const unparsable =
    '{"errors":[{"message":"Unable to parse GraphQL query.","errorType":"MalformedHttpRequestException"}]}';
  test.each([
    [
      'an empty body',
      '',
      '{"errors":[{"message":"Request body is empty.","errorType":"MalformedHttpRequestException"}]}',
    ],
    ['meow', 'meow', unparsable],
    ['an empty object', '{}', unparsable],
    ['broken JSON', '{}}', unparsable],
    ['an empty batch', '[]', unparsable],
    ['a batch', '[{"query":"{ echo }"}]', unparsable],
    ['null', 'null', unparsable],
    ['a syntax error', '{"query":"{ echo"}', unparsable],
    ['an empty query', '{"query":" "}', unparsable],
    ['fragments only', '{"query":"fragment f on Query { echo }"}', unparsable],
    ['a persisted query', '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}', unparsable],
    ['variables that are a list', '{"query":"{ echo }","variables":[]}', unparsable],
    ['more than 15,000 tokens', JSON.stringify({ query: `{ ${'echo '.repeat(15_000)} }` }), unparsable],
    ['thousands of nested brackets', JSON.stringify({ query: '{a'.repeat(7_000) }), unparsable],
    [
      'several operations without a name',
      '{"query":"query A { echo } query B { echo }"}',
      '{"errors":[{"message":"Missing operation name.","errorType":"BadRequestException"}]}',
    ],
    [
      'an unknown operation name',
      '{"query":"query A { echo }","operationName":"C"}',
      '{"errors":[{"message":"Unknown operation named \'C\'.","errorType":"BadRequestException"}]}',
    ],
  ])('%s', async (_title, body, expected) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(answer.body).toBe(expected);
    expect(answer.headers['x-amzn-errortype']).toMatch(/^(MalformedHttpRequest|BadRequest)Exception$/);
  });
});

test('the operation name chooses, and members that AppSync does not know do not matter', async () => {
  const query = 'query A { a: echo(text: "a") } query B { b: echo(text: "b") }';
  const { body } = await post(
    JSON.stringify({ query, operationName: 'B', extensions: { clientLibrary: { name: 'x' } } }),
  );
  expect(body).toBe('{"data":{"b":"b"}}');
});

test('variables may be a string of JSON or null', async () => {
  const query = 'query ($t: String) { echo(text: $t) }';
  expect((await post(JSON.stringify({ query, variables: '{"t":"a"}' }))).body).toBe('{"data":{"echo":"a"}}');
  expect((await post(JSON.stringify({ query, variables: null }))).body).toBe('{"data":{"echo":null}}');
});

test('GET serves queries and mutations from the query string', async () => {
  const query = 'query ($t: String) { echo(text: $t) }';
  expect((await get({ query, variables: '{"t":"a"}' })).body).toBe('{"data":{"echo":"a"}}');
  expect((await get({ query: 'query A { echo } query B { b: echo }', operationName: 'B' })).body).toBe(
    '{"data":{"b":null}}',
  );
  expect((await get({ query: 'mutation { set(text: "m") }' })).body).toBe('{"data":{"set":"m"}}');
  expect(await get({ query, variables: '{' })).toMatchObject({ status: 400 });
  expect(await get({})).toMatchObject({ status: 400 });
});

test('other methods are refused', async () => {
  const request = { url: '/graphql', headers: { 'x-api-key': API_KEY }, body: Buffer.from(''), remoteAddress: '::1' };
  expect(await handle({ ...request, method: 'PUT' })).toMatchObject({ status: 405 });
});

test('a subscription over HTTP is refused with the way to do it', async () => {
  const { status, body } = await post('{"query":"subscription { changed }"}');
  expect(status).toBe(400);
  expect(JSON.parse(body)).toMatchObject({ errors: [{ errorType: 'UnsupportedOperation' }] });
  expect(body).toContain('/graphql/realtime');
});

test('a defect of this package is reported, and the client gets a status 500 that tells nothing', async () => {
  const defects: unknown[] = [];
  const defect = new TypeError('secret');
  const broken = start(
    { schema: SCHEMA, defaultAuthentication: { type: 'AWS_IAM' } },
    {
      verifySignature: () => {
        throw defect;
      },
      onDefect: (error) => defects.push(error),
    },
  );
  const { status, body } = await broken.post('{"query":"{ echo }"}', { authorization: 'AWS4-HMAC-SHA256 x' });
  expect(status).toBe(500);
  expect(body).toBe('{"errors":[{"message":"An internal failure occurred.","errorType":"InternalFailure"}]}');
  expect(defects).toEqual([defect]);
});

test('input nested without end is an error of the field that reads it only', async () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  const api = start({
    schema: 'type Query { deep(v: AWSJSON): String unread(v: AWSJSON): String }',
    resolvers: { 'Query.deep': returns('ctx.args.v'), 'Query.unread': returns("'ok'") },
  });
  const answer = await api.post(
    JSON.stringify({ query: 'query ($v: AWSJSON) { deep(v: $v) unread(v: $v) }', variables: { v: deep } }),
  );
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toMatchObject({
    data: { deep: null, unread: 'ok' },
    errors: [{ path: ['deep'], errorType: 'Code', message: 'Maximum call stack size exceeded' }],
  });
});
