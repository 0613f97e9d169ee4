import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { rawRequest } from '../support/http.ts';
import { newMember } from '../support/member.ts';
import { target } from '../support/target.ts';

const configUrl = new URL('/config.json', target.endpoint).href;
const QUERY = JSON.stringify({ query: '{ serviceStatus { rung } }' });
const key = { 'x-api-key': target.apiKey };

describe('GET', () => {
  it('answers a query with its variables', async () => {
    const { handle } = await newMember();
    const url = new URL(target.endpoint);
    url.searchParams.set('query', 'query ($handle: String!) { user(handle: $handle) { handle } }');
    url.searchParams.set('variables', JSON.stringify({ handle }));

    const { status, body } = await rawRequest(url.href, { headers: key });

    expect([status, JSON.parse(body)]).toEqual([200, { data: { user: { handle } } }]);
  });

  it('is refused without a query', async () => {
    const { status, body } = await rawRequest(target.endpoint, { headers: key });

    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({
      errors: [{ message: 'Unable to parse GraphQL query.', errorType: 'MalformedHttpRequestException' }],
    });
  });
});

describe('the configuration for clients', () => {
  it('says where everything is, and holds no secret', async () => {
    const { status, body } = await rawRequest(configUrl);

    const userPool = { userPoolId: target.userPoolId, userPoolClientId: target.userPoolClientId };
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      endpoint: target.endpoint,
      realtimeUrl: target.realtimeUrl,
      region: 'us-east-1',
      apiKey: target.apiKey,
      ...userPool,
      identityPoolId: target.identityPoolId,
      loginUrl: new URL(target.endpoint).origin,
      awsEndpoint: target.awsEndpoint,
      siteUrl: expect.stringMatching(/^http:\/\/d[a-z0-9]+\.cloudfront\.localhost:\d+\/$/) as unknown,
      amplify: {
        Auth: {
          Cognito: {
            ...userPool,
            userPoolEndpoint: `${target.awsEndpoint}/`,
            identityPoolId: target.identityPoolId,
            allowGuestAccess: true,
            identityPoolEndpoint: `${target.awsEndpoint}/`,
          },
        },
        API: {
          GraphQL: {
            endpoint: target.endpoint.replace('http:', 'HTTP:'),
            region: 'us-east-1',
            defaultAuthMode: 'userPool',
            apiKey: target.apiKey,
          },
        },
      },
    });
    expect(body).not.toContain(target.secretAccessKey);
  });

  it('cannot be written to', async () => {
    expect(await rawRequest(configUrl, { method: 'POST', headers: key, body: '{}' })).toMatchObject({ status: 405 });
  });
});

describe('pages of other sites', () => {
  const ports = [
    ['API', target.endpoint],
    ['AWS', target.awsEndpoint],
  ] as const;

  it.each(ports)('that name themselves are refused on the %s port', async (_, url) => {
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
      const { status, body } = await rawRequest(url, { method: 'POST', headers: { ...key, origin }, body: QUERY });

      expect(status).toBe(403);
      expect(body).toContain('Pages of this Origin may not use this endpoint');
    }
  });

  it.each(ports)('that had their own name point here are refused on the %s port', async (_, url) => {
    for (const host of ['evil.example', `evil.example:${new URL(url).port}`, '127.0.0.1.evil.example']) {
      const { status, body } = await rawRequest(url, { method: 'POST', headers: { ...key, host }, body: QUERY });

      expect(status).toBe(403);
      expect(body).toContain('The Host header does not name this machine');
    }
  });

  it('are refused a WebSocket', async () => {
    const socket = new WebSocket(target.realtimeUrl, ['graphql-ws'], { origin: 'https://evil.example' });
    const refusal = Promise.withResolvers<number | undefined>();
    socket.on('unexpected-response', (_request, response) => refusal.resolve(response.statusCode));
    socket.on('open', () => refusal.resolve(101));
    // What ws says to being ended before it was open.
    socket.on('error', () => undefined);

    expect(await refusal.promise).toBe(403);
    socket.terminate();
  });

  it('of this machine are served, and may read the error type', async () => {
    const headers = { ...key, origin: 'http://localhost:5173' };

    const answer = await rawRequest(target.endpoint, { method: 'POST', headers, body: QUERY });

    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'access-control-allow-origin': 'http://localhost:5173',
        'access-control-expose-headers': 'x-amzn-errortype, x-amzn-requestid',
      },
    });
  });
});

describe('the site’s own address', () => {
  it('lets pages ask what they may ask on AWS, where it is here', async () => {
    const { siteUrl } = JSON.parse((await rawRequest(configUrl)).body) as { siteUrl: string };
    const { host } = new URL(siteUrl);
    // Nothing is published in these tests: what is not there has the same policy.
    const { headers } = await rawRequest(new URL('/', configUrl).href, { headers: { host } });
    const policy = String(headers['content-security-policy']);
    const api = new URL(target.endpoint).origin;
    const connections = /connect-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? [];
    expect(connections).toContain(target.endpoint);
    expect(connections).toContain(target.realtimeUrl);
    expect(connections).toContain(target.awsEndpoint);
    expect(connections.filter((source) => source.includes('amazonaws.com'))).toEqual([]);
    expect(policy).toContain(`img-src 'self' ${api} data: blob:`);
    expect(policy).toContain("script-src 'self'");
  });
});
