import '../testing/environment.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { handler } from './handler.ts';

const fetched = vi.spyOn(globalThis, 'fetch');
const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-22T10:00:00.000Z') });
Object.assign(process.env, { GRAPHQL_API_KEY: 'da2-public', METRIC_NAMESPACE: 'hiroba-prod' });

beforeEach(() => {
  fetched.mockReset();
  written.mockClear();
});

const lines = () => written.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
const answers = (body: object, status = 200) =>
  fetched.mockResolvedValueOnce(new Response(JSON.stringify(body), { status }));

describe('the probe', () => {
  test('asks as a browser does, and writes metrics where CloudWatch finds them', async () => {
    answers({ data: { serviceStatus: { rung: 'users++', region: 'us-east-1', build: '1' } } });
    await handler();
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('https://example.appsync-api.us-east-1.amazonaws.com/graphql');
    expect(init?.headers).toEqual({ 'content-type': 'application/json', 'x-api-key': 'da2-public' });
    expect(lines()).toEqual([
      {
        _aws: {
          Timestamp: 1795341600000,
          CloudWatchMetrics: [
            {
              Namespace: 'hiroba-prod',
              Dimensions: [[]],
              Metrics: [
                { Name: 'ProbeFailures', Unit: 'Count' },
                { Name: 'ProbeMilliseconds', Unit: 'Milliseconds' },
              ],
            },
          ],
        },
        level: 'INFO',
        ProbeFailures: 0,
        ProbeMilliseconds: expect.any(Number) as number,
      },
    ]);
  });

  test.each([
    ['an error of the field', () => answers({ data: null, errors: [{ message: 'broken' }] })],
    ['half an answer', () => answers({ data: { serviceStatus: { rung: null } } })],
    ['a server error', () => answers({ data: { serviceStatus: { rung: 'users' } } }, 500)],
    ['no JSON', () => fetched.mockResolvedValueOnce(new Response('<html>'))],
    ['no answer', () => fetched.mockRejectedValueOnce(new TypeError('fetch failed'))],
  ])('counts %s as a failure of the API and not of its own', async (_, happens) => {
    happens();
    await expect(handler()).resolves.toBeUndefined();
    expect(lines()).toMatchObject([{ ProbeFailures: 1, level: 'WARN', failure: expect.stringMatching(/./) as string }]);
  });
});
