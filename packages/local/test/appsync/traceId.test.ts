import { expect, test } from 'vitest';
import { SPEC, serve } from './notesApi.ts';
import { connectClient } from './realtimeClient.ts';
import { code, start } from './support.ts';

const SCHEMA = 'type Query { trace: String }';
const api = () =>
  start({
    schema: SCHEMA,
    resolvers: { 'Query.trace': code(`return { payload: ctx.request.headers['x-amzn-trace-id'] };`) },
  });

const KEY = { 'x-api-key': 'da2-testkey' };

test('a request without a trace id gets one of its own, which resolvers read in its headers', async () => {
  const { query, clock } = api();
  const ask = async () => ((await query('{ trace }')) as { data: { trace: string } }).data.trace;
  const [first, second] = [await ask(), await ask()];
  // The beginning is the second of the request: 2026-03-01T12:00:00Z.
  expect(first).toMatch(/^Root=1-69a42a40-[0-9a-f]{24}$/);
  expect(second).toMatch(/^Root=1-69a42a40-[0-9a-f]{24}$/);
  expect(second).not.toBe(first);
  clock.advance(-1_000);
  expect(await ask()).toMatch(/^Root=1-69a42a3f-/);
});

test.each([
  'Root=1-679cbd60-0123456789abcdef01234567',
  'Root=1-679cbd60-0123456789abcdef01234567;Parent=53995c3f42cd8ad8;Sampled=1',
  'Self=1-679cbd61-12456789abcdef012345678a;Root=1-679cbd60-0123456789abcdef01234567',
])('%s is kept', async (header) => {
  expect(await api().query('{ trace }', {}, { ...KEY, 'x-amzn-trace-id': header })).toEqual({
    data: { trace: header },
  });
});

test.each([
  'mine',
  'Root=1-679cbd60-0123456789ABCDEF01234567',
  'Root=1-679cbd60-0123456789abcdef01234567;a=" onload="x',
  `Root=1-679cbd60-0123456789abcdef01234567${';a=b'.repeat(9)}`,
])('%s is none, and another takes its place', async (header) => {
  const { data } = (await api().query('{ trace }', {}, { ...KEY, 'x-amzn-trace-id': header })) as {
    data: { trace: string };
  };
  expect(data.trace).toMatch(/^Root=1-69a42a40-[0-9a-f]{24}$/);
});

test('a subscription has a trace id of its own, too', async () => {
  const lines: string[] = [];
  const resolver = code(`console.log(ctx.request.headers['x-amzn-trace-id']); return { payload: null };`);
  const { port } = await serve(
    { onLog: (line) => lines.push(line) },
    { ...SPEC, resolvers: { ...SPEC.resolvers, 'Subscription.onNote': resolver } },
  );
  const client = await connectClient(port);
  await client.start('1', 'subscription { onNote { id } }');
  expect(lines[0]).toMatch(/Root=1-69a42a40-[0-9a-f]{24}/);
});

test('the answer names the request, not the trace', async () => {
  const { headers } = await api().post('{"query":"{ trace }"}');
  expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(headers['x-amzn-trace-id']).toBeUndefined();
});
