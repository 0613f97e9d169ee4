import { describe, expect, test } from 'vitest';
import { ADD, asUser, SCHEMA, serve, SPEC } from './notesApi.ts';
import { connectClient } from './realtimeClient.ts';
import { api } from './support.ts';

describe('publishing', () => {
  test('delivers to every connection, in the subscription’s own selection', async () => {
    const { port, query } = await serve();
    const [one, two] = [await connectClient(port), await connectClient(port)];
    await one.start('1', 'subscription { changed: onNote { __typename head: text id } }');
    await two.start('1', 'subscription { onNote { id } }');
    await query('mutation { added: addNote(id: 7, text: "T") { key: id words: text must } }');
    expect(await one.next()).toEqual({
      id: '1',
      type: 'data',
      payload: { data: { changed: { __typename: 'Note', head: 'T', id: '7' } } },
    });
    expect(await two.next()).toEqual({ id: '1', type: 'data', payload: { data: { onNote: { id: '7' } } } });
  });

  test('what the mutation did not select is null; resolvers of the subscriber do not run', async () => {
    const lines: string[] = [];
    const { port, query } = await serve({ onLog: (line) => lines.push(line) });
    const client = await connectClient(port);
    await client.start('1', 'subscription { onNote { id text author { name age } } }');
    await query('mutation { addNote(id: 7, text: "T") { id author { name } } }');
    expect(await client.next()).toMatchObject({
      payload: { data: { onNote: { id: '7', text: null, author: { name: 'A', age: null } } } },
    });
    expect(lines).toHaveLength(1);
    await query('mutation { addNote(id: 8) { id } }');
    expect(await client.next()).toMatchObject({ payload: { data: { onNote: { id: '8', author: null } } } });
    expect(lines).toHaveLength(1);
  });

  test('a missing field that must not be null is an error beside a null root field', async () => {
    const { port, query } = await serve();
    const client = await connectClient(port);
    await client.start('1', 'subscription { onNote { id must } }');
    await query('mutation { addNote(id: 7) { id } }');
    expect(await client.next()).toEqual({
      id: '1',
      type: 'data',
      payload: {
        data: { onNote: null },
        errors: [
          {
            path: ['onNote', 'must'],
            locations: null,
            message: "Cannot return null for non-nullable type: 'String' within parent 'Note' (/onNote/must)",
          },
        ],
      },
    });
  });

  test('interfaces keep the type of the published object', async () => {
    const { port, query } = await serve();
    const client = await connectClient(port);
    await client.start('1', 'subscription { onNode { id ... on Note { text } } }');
    await query('mutation { publish(id: 1) { id ... on Note { text } } }');
    expect(await client.next()).toMatchObject({ payload: { data: { onNode: { id: '1', text: 'T' } } } });
  });

  test('a mutation that fails does not publish', async () => {
    const { port, query } = await serve();
    const client = await connectClient(port);
    await client.start('1', 'subscription { onNote { id } }');
    expect(await query(ADD, { id: 1, fail: true })).toMatchObject({ data: { addNote: null } });
    await client.nothingCame();
  });

  test('a payload above 240 KB is dropped without a word', async () => {
    const { port, query } = await serve();
    const client = await connectClient(port);
    await client.start('1', 'subscription { onNote { text } }');
    await query(ADD, { id: 1, text: 'x'.repeat(240 * 1024) });
    await client.nothingCame();
    await query(ADD, { id: 1, text: 'x'.repeat(240 * 1024 - 100) });
    expect(await client.next()).toMatchObject({ type: 'data' });
  });

  test('the caller of the subscription gets only fields it may have', async () => {
    const schema = SCHEMA.replace('text: String\n    must', 'text: String @aws_iam\n    must');
    const { port, query } = await serve({}, { ...SPEC, schema });
    const client = await connectClient(port);
    await client.start('1', 'subscription { onNote { id text } }');
    await query('mutation { addNote(id: 7) { id must } }');
    expect(await client.next()).toMatchObject({
      payload: { data: { onNote: { id: '7', text: null } }, errors: [{ errorType: 'Unauthorized' }] },
    });
  });
});

describe('arguments', () => {
  test.each([
    ['none: everything', 'subscription { onNote { id } }', {}, { id: 1 }, true],
    ['one that is equal', 'subscription { onNote(id: 1) { id } }', {}, { id: 1 }, true],
    ['one that differs', 'subscription { onNote(id: 2) { id } }', {}, { id: 1 }, false],
    [
      'two, one of which differs',
      'subscription { onNote(id: 1, owner: "a") { id } }',
      {},
      { id: 1, owner: 'b' },
      false,
    ],
    [
      'a variable that is not given',
      'subscription ($o: String) { onNote(owner: $o) { id } }',
      {},
      { id: 1, owner: 'b' },
      true,
    ],
    ['a null matches null', 'subscription ($o: String) { onNote(owner: $o) { id } }', { o: null }, { id: 1 }, true],
    [
      'a null matches nothing else',
      'subscription ($o: String) { onNote(owner: $o) { id } }',
      { o: null },
      { id: 1, owner: 'b' },
      false,
    ],
    ['one that is no field', 'subscription { onNote(unknown: 1) { id } }', {}, { id: 1 }, false],
  ])('%s', async (_title, subscription, variables, mutation, delivered) => {
    const { port, query } = await serve();
    const client = await connectClient(port);
    await client.start('1', subscription, { variables });
    await query(ADD, mutation);
    if (delivered) expect(await client.next()).toMatchObject({ type: 'data' });
    else await client.nothingCame();
  });
});

describe('enhanced filters', () => {
  test('switch the matching of arguments off', async () => {
    const { port, query } = await serve();
    const client = await connectClient(port);
    await client.start('1', 'subscription { onFiltered(owner: "a") { owner } }');
    await query(ADD, { id: 1, owner: 'b' });
    await client.nothingCame();
    await query(ADD, { id: 1, owner: 'a' });
    expect(await client.next()).toMatchObject({ payload: { data: { onFiltered: { owner: 'a' } } } });
  });

  test('an invalidation ends the subscriptions it matches, and their connection', async () => {
    const { port, query } = await serve();
    const [one, two] = [await connectClient(port), await connectClient(port)];
    await one.start('1', 'subscription { onFiltered(owner: "a") { owner } }');
    await two.start('1', 'subscription { onFiltered(owner: "b") { owner } }');
    expect(await query('mutation { expel(owner: "a") }')).toEqual({ data: { expel: 'done' } });
    expect(await one.next()).toEqual({ id: '1', type: 'complete' });
    expect(await one.closed).toMatchObject({ code: 4410 });
    await two.nothingCame();
  });
});

test('a new version of the API keeps its subscriptions, and ends those that do not fit it', async () => {
  const { port, query, replace } = await serve();
  const client = await connectClient(port);
  await client.start('kept', 'subscription { onNote { id } }');
  await client.start('lost', 'subscription { onMine { id } }', { authorization: asUser('u1') });
  const schema = SCHEMA.replace(/onMine.*\n/, '');
  replace(api({ ...SPEC, schema }));
  expect(await client.next()).toMatchObject({ id: 'lost', type: 'error' });
  await query(ADD, { id: 3 });
  expect(await client.next()).toEqual({ id: 'kept', type: 'data', payload: { data: { onNote: { id: '3' } } } });
});

test('a caller that is judged slowly is delivered to as well, and a stop meanwhile holds', async () => {
  let release = (): void => undefined;
  const decided = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { port, query } = await serve({
    authorizer: { authorize: () => decided },
  });
  const authorization = { Authorization: 'AWS4-HMAC-SHA256 x' };
  const client = await connectClient(port, { headers: authorization });
  const data = JSON.stringify({ query: 'subscription { onNote { id } }' });
  const begin = (id: string) => client.send({ id, type: 'start', payload: { data, extensions: { authorization } } });
  begin('stopped');
  begin('kept');
  client.send({ id: 'stopped', type: 'stop' });
  expect(await client.next()).toEqual({ id: 'stopped', type: 'complete' });
  release();
  expect(await client.next()).toEqual({ id: 'kept', type: 'start_ack' });
  await query(ADD, { id: 3 });
  expect(await client.next()).toEqual({ id: 'kept', type: 'data', payload: { data: { onNote: { id: '3' } } } });
});

test('closing the API closes its connections', async () => {
  const { port, close } = await serve();
  const client = await connectClient(port);
  close();
  expect(await client.closed).toMatchObject({ code: 1001 });
});
