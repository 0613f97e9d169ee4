import { describe, expect, it } from 'vitest';
import { storedItem, storedPartition } from '../support/aws.ts';
import { rawRequest } from '../support/http.ts';
import { newMember } from '../support/member.ts';
import { userId } from '../support/social.ts';
import { target } from '../support/target.ts';
import { ulid } from '../support/ulid.ts';

const member = await newMember();

/** What the endpoint answers to a body, word for word. */
async function answerTo(body: string, authorization = member.authorization) {
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await rawRequest(target.endpoint, { method: 'POST', headers, body });
  return {
    status: answer.status,
    errorType: answer.headers['x-amzn-errortype'],
    body: JSON.parse(answer.body) as unknown,
  };
}
const ask = (query: string, variables?: object, operationName?: string) =>
  answerTo(JSON.stringify({ query, variables, operationName }));

const refused = (errorType: string, message: string) => ({
  status: 400,
  errorType,
  body: { errors: [{ message, errorType }] },
});
const invalid = (column: number, message: string) => ({
  status: 200,
  errorType: undefined,
  body: { data: null, errors: [{ path: null, locations: [{ line: 1, column, sourceName: null }], message }] },
});

describe('a request that is no GraphQL', () => {
  it('is refused when it is empty', async () => {
    expect(await answerTo('')).toEqual(refused('MalformedHttpRequestException', 'Request body is empty.'));
  });

  it.each([
    'meow',
    '{}',
    '[]',
    'null',
    '"query"',
    '{"query":1}',
    '{"query":"{ viewer {"}',
    '[{"query":"{ __typename }"}]',
  ])('is refused when it cannot be parsed: %s', async (body) => {
    const message = 'Unable to parse GraphQL query.';

    expect(await answerTo(body)).toEqual(refused('MalformedHttpRequestException', message));
  });

  it('is refused when it does not say which operation is meant', async () => {
    const two = 'query A { serviceStatus { rung } } query B { serviceStatus { region } }';

    expect(await ask(two)).toEqual(refused('BadRequestException', 'Missing operation name.'));
    expect(await ask(two, {}, 'B')).toMatchObject({
      status: 200,
      body: { data: { serviceStatus: { region: 'us-east-1' } } },
    });
  });
});

describe('a document that does not fit the schema', () => {
  it.each([
    ['{ nothing }', 3, "FieldUndefined: Field 'nothing' in type 'Query' is undefined @ 'nothing'"],
    ['{ viewer }', 3, "SubSelectionRequired: Sub selection required for type Viewer of field viewer @ 'viewer'"],
    [
      '{ serviceStatus { rung { a } } }',
      19,
      "SubSelectionNotAllowed: Sub selection not allowed on leaf type String! of field rung @ 'serviceStatus/rung'",
    ],
    ['{ post { id } }', 3, "MissingFieldArgument: Missing field argument id @ 'post'"],
    ['{ post(id: "a", x: 1) { id } }', 17, "UnknownArgument: Unknown field argument x @ 'post'"],
    [
      '{ trending(first: "a") { edges { cursor } } }',
      12,
      "WrongType: argument 'first' with value 'StringValue{value='a'}' is not a valid 'Int' @ 'trending'",
    ],
    ['{ post(id: $id) { id } }', 12, "UndefinedVariable: Undefined variable id @ 'post'"],
  ])('is refused: %s', async (query, column, message) => {
    expect(await ask(query)).toEqual(invalid(column, `Validation error of type ${message}`));
  });

  it('is refused whole: what would be valid in it is not carried out', async () => {
    const key = ulid();

    await ask(`mutation { createPost(input: { idempotencyKey: "${key}", body: "x" }) { nothing } }`);

    expect(await storedPartition('posts', 'postId', key)).toEqual([]);
  });
});

describe('variables that do not fit', () => {
  const TRENDING = 'query ($n: Int) { trending(first: $n) { edges { cursor } } }';
  const SETTINGS = 'mutation ($i: UpdateSettingsInput!) { updateSettings(input: $i) { userErrors { code } } }';

  it.each([
    ['query ($id: ID!) { post(id: $id) { id } }', {}, 8, "Variable 'id' has coerced Null value for NonNull type 'ID!'"],
    [TRENDING, { n: 'a' }, 8, "Variable 'n' has an invalid value. Expected type 'Int' but was 'String'."],
    [TRENDING, { n: 2_147_483_648 }, 8, "Variable 'n' has an invalid value. Expected type 'Int' but was 'Long'."],
    [
      SETTINGS,
      { i: { language: 'FR' } },
      11,
      "Variable 'language' has an invalid value. Invalid input for Enum 'Language'. No value found for name 'FR'",
    ],
  ])('are refused: %s with %j', async (query, variables, column, message) => {
    expect(await ask(query, variables)).toEqual(invalid(column, message));
  });

  it('are refused when an input has a field that its type has not, and nothing is changed', async () => {
    const before = await storedItem('users', { userId: member.sub });

    expect(await ask(SETTINGS, { i: { language: 'JA', langue: 'JA' } })).toMatchObject({
      status: 200,
      body: {
        data: null,
        errors: [
          {
            path: null,
            locations: null,
            message:
              "The variables input contains a field that is not defined for input object type 'UpdateSettingsInput' ",
          },
        ],
      },
    });
    expect(await storedItem('users', { userId: member.sub })).toEqual(before);
  });
});

describe('the limits of a request', () => {
  const NESTED = (innermost: string) =>
    `{ viewer { user { posts { edges { node { author { posts { edges { node { ${innermost} } } } } } } } } } }`;

  it('are 10 levels', async () => {
    expect(await ask(NESTED('id'))).toMatchObject({ status: 200, body: { data: { viewer: { user: {} } } } });
    expect((await ask(NESTED('author { id }'))).body).toEqual({
      data: null,
      errors: [
        {
          path: null,
          data: null,
          errorType: 'QueryDepthLimitReached',
          errorInfo: null,
          locations: null,
          message: 'Query depth limit of 10 reached.',
        },
      ],
    });
  });

  it('are 500 resolvers: what lies beyond is null', async () => {
    const aliases = Array.from({ length: 501 }, (_, index) => `s${index}: user(handle: "${member.handle}") { id }`);

    const { status, body } = await ask(`{ ${aliases.join(' ')} }`);

    const { data, errors } = body as { data: Record<string, object | null>; errors: { errorType: string }[] };
    expect(status).toBe(200);
    expect(data.s0).toEqual({ id: userId(member) });
    expect(Object.values(data).filter((answered) => answered === null)).toHaveLength(1);
    expect(errors.map(({ errorType }) => errorType)).toEqual(['ResolverExecutionLimitReached']);
  });

  it('are 1 MiB, whatever the characters are', async () => {
    const query = '{ __typename }';

    const { status, body } = await answerTo(JSON.stringify({ query, variables: { text: 'あ'.repeat(400_000) } }));

    expect(status).toBe(413);
    expect(body).toEqual({
      errors: [
        {
          errorType: 'RequestEntityTooLargeException',
          message: 'The request has 1200050 bytes; the limit is 1048576',
        },
      ],
    });
  });
});

describe('introspection', () => {
  it('is open in development', async () => {
    expect((await ask('{ __schema { queryType { name } } }')).body).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    });
  });
});
