import '../testing/environment.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { publish } from './publish.ts';

const fetched = vi.fn<typeof fetch>();
vi.stubGlobal('fetch', fetched);

beforeEach(() => {
  fetched.mockReset();
  fetched.mockResolvedValue(Response.json({ data: { publishPostEngagement: { __typename: 'PostEngagement' } } }));
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-01-31T12:00:00.000Z') });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const input = { postId: 'UG9zdDpwMQ', likes: 2, comments: 1 };

describe('publish', () => {
  test("posts the mutation, signed for AppSync with the function's own credentials", async () => {
    await publish('publishPostEngagement', input);
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(String(url)).toBe('https://example.appsync-api.us-east-1.amazonaws.com/graphql');
    expect(init?.method).toBe('POST');
    expect(JSON.parse(init?.body as string)).toMatchObject({
      query: expect.stringContaining('publishPostEngagement(input: $input)') as string,
      variables: { input },
    });
    const headers = init?.headers as Record<string, string>;
    expect(headers['x-amz-security-token']).toBe('session-token');
    expect(headers['x-amz-date']).toBe('20250131T120000Z');
    expect(headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20250131\/us-east-1\/appsync\/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
    );
  });

  test('hands the trace of the invocation on', async () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-679cbd60-0123456789abcdef01234567;Sampled=1');
    await publish('publishPostEngagement', input);
    expect(fetched.mock.calls[0]?.[1]?.headers).toMatchObject({
      'x-amzn-trace-id': 'Root=1-679cbd60-0123456789abcdef01234567;Sampled=1',
    });
  });

  test('tells AppSync what began it all, where the caller knows', async () => {
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-679cbd60-0123456789abcdef01234567;Sampled=1');
    await publish('publishPostEngagement', input, '1-679cbd59-89abcdef0123456701234567');
    expect(fetched.mock.calls[0]?.[1]?.headers).toMatchObject({
      'x-amzn-trace-id': 'Root=1-679cbd59-89abcdef0123456701234567',
    });
  });

  test('counts an event as published when only fields below failed, and says so', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    fetched.mockResolvedValue(
      Response.json({
        data: { publishPostEngagement: { post: null } },
        errors: [{ errorType: 'Throttled', message: 'slow down' }],
      }),
    );
    await publish('publishPostEngagement', input, '1-679cbd59-89abcdef0123456701234567');
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(JSON.parse(warn.mock.calls[0]?.[0] as string)).toMatchObject({
      level: 'WARN',
      published: true,
      traces: ['1-679cbd59-89abcdef0123456701234567'],
      errors: ['Throttled: slow down'],
    });
  });
});
