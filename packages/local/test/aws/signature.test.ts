import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { createCredentials, type AccessKey } from '../../src/aws/credentials.ts';
import { createSignatureVerifier, type SignedRequest } from '../../src/aws/signature.ts';
import { manualClock } from '../../src/clock.ts';
import { seededRandom } from '../../src/random.ts';
import { READER, ROOT } from './support.ts';

/** The keys and the time of AWS's published examples. */
const KEY: AccessKey = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const NOW = Date.parse('2015-08-30T12:36:00Z');

const clock = manualClock(NOW);
const credentials = createCredentials({ random: seededRandom('signature') });
credentials.register(KEY, ROOT);
const verifier = createSignatureVerifier({ credentials, region: 'us-east-1', wallClock: clock });

const VANILLA: SignedRequest = {
  method: 'GET',
  path: '/',
  query: '',
  headers: {
    Host: 'example.amazonaws.com',
    'X-Amz-Date': '20150830T123600Z',
    Authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, ' +
      'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  body: '',
  service: 'service',
};

const withHeaders = (headers: Record<string, string | undefined>): SignedRequest => ({
  ...VANILLA,
  headers: { ...VANILLA.headers, ...headers },
});

interface Plain {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

const signerFor = (key: AccessKey): SignatureV4 =>
  new SignatureV4({ service: 'lambda', region: 'us-east-1', credentials: key, sha256: Sha256, applyChecksum: false });

const plain = ({ method = 'POST', path = '/', query = {}, headers = {}, body = '' }: Plain) => ({
  method,
  path,
  query,
  body,
  protocol: 'http:',
  hostname: '127.0.0.1',
  headers: { host: '127.0.0.1:4001', ...headers },
});

function queryText(query: Record<string, string | string[] | null>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((text) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`),
  );
  return pairs.join('&');
}

/** Signed by AWS's own signer, written down as it goes over the wire. */
async function signed(request: Plain, key: AccessKey = KEY): Promise<SignedRequest> {
  const { method, path, query, headers, body } = await signerFor(key).sign(plain(request), {
    signingDate: new Date(clock.now()),
  });
  return {
    method,
    path,
    query: queryText(query as Record<string, string>),
    headers,
    body: body as string,
    service: 'lambda',
  };
}

async function presigned(
  request: Plain,
  options: { key?: AccessKey; expiresIn?: number } = {},
): Promise<SignedRequest> {
  const { key = KEY, expiresIn = 60 } = options;
  const { method, path, query, headers } = await signerFor(key).presign(plain(request), {
    signingDate: new Date(clock.now()),
    expiresIn,
  });
  return { method, path, query: queryText(query as Record<string, string>), headers, body: '', service: 'lambda' };
}

describe('a signature that AWS publishes as an example', () => {
  it('is taken for a GET', () => {
    expect(verifier.verify(VANILLA)).toEqual(ROOT);
  });

  it('is taken for a POST', () => {
    const authorization = String(VANILLA.headers.Authorization).replace(
      /Signature=.*/,
      'Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    );
    expect(verifier.verify({ ...withHeaders({ Authorization: authorization }), method: 'POST' })).toEqual(ROOT);
  });

  it('is taken with a query, as in the example of IAM ListUsers', () => {
    expect(
      verifier.verify({
        method: 'GET',
        path: '/',
        query: 'Action=ListUsers&Version=2010-05-08',
        headers: {
          host: 'iam.amazonaws.com',
          'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
          'x-amz-date': '20150830T123600Z',
          authorization:
            'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,SignedHeaders=content-type;host;x-amz-date,' +
            'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
        },
        body: '',
        service: 'iam',
      }),
    ).toEqual(ROOT);
  });
});

describe('a signature of the SDK', () => {
  it.each<[string, Plain]>([
    [
      'a body',
      {
        body: '{"TableName":"投稿"}',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.GetItem' },
      },
    ],
    [
      'a path that is encoded twice',
      { path: '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Ax/invocations' },
    ],
    ['a trailing slash', { method: 'GET', path: '/2015-03-31/functions/' }],
    [
      'a query to be sorted and encoded',
      { method: 'GET', query: { b: '2', a: ['z', 'a b'], 'c!*': "'()~+/=", A: 'ü' } },
    ],
    ['spaces in a header', { headers: { 'x-amz-note': '  two   words  ' } }],
  ])('is taken with %s', async (_what, request) => {
    expect(verifier.verify(await signed(request))).toEqual(ROOT);
  });

  it('is taken presigned in the query, until it expires', async () => {
    const request = await presigned({ method: 'GET', path: '/2015-03-31/functions' });
    expect(verifier.verify(request)).toEqual(ROOT);
    clock.advance(61_000);
    expect(() => verifier.verify(request)).toThrow(/^Signature expired: 20150830T123600Z is now earlier than/);
    clock.set(NOW);
  });

  it('is taken from a role session with its token, in header and query', async () => {
    const key = credentials.sessionFor(READER);
    expect(verifier.verify(await signed({ body: 'x' }, key))).toEqual(READER);
    expect(verifier.verify(await presigned({ method: 'GET' }, { key }))).toEqual(READER);
  });
});

describe('a signature is refused', () => {
  const refusal = (request: SignedRequest): { code?: string; message?: string } => {
    try {
      verifier.verify(request);
      return {};
    } catch (error) {
      return error as { code: string; message: string };
    }
  };
  const MISMATCH = {
    code: 'InvalidSignatureException',
    message: expect.stringMatching(/^The request signature we calculated does not match/),
  };

  it.each<[string, Partial<SignedRequest>]>([
    ['another body', { body: 'tampered' }],
    ['another method', { method: 'DELETE' }],
    ['another path', { path: '/other' }],
    ['another query', { query: 'a=1' }],
    ['another host', { headers: { ...VANILLA.headers, Host: 'example.org' } }],
  ])('for %s', (_what, change) => {
    expect(refusal({ ...VANILLA, ...change })).toMatchObject(MISMATCH);
  });

  it('for one wrong digit, and for an empty, short or non-hexadecimal one', () => {
    const authorization = String(VANILLA.headers.Authorization);
    for (const signature of ['4fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31', 'f', 'ü'.repeat(32)]) {
      const changed = authorization.replace(/Signature=.*/, `Signature=${signature}`);
      expect(refusal(withHeaders({ Authorization: changed }))).toMatchObject(MISMATCH);
    }
  });

  it('for another secret', async () => {
    expect(refusal(await signed({}, { ...KEY, secretAccessKey: 'guess' }))).toMatchObject(MISMATCH);
  });

  it('for an unknown key', async () => {
    expect(refusal(await signed({}, { ...KEY, accessKeyId: 'AKIAUNKNOWN' }))).toMatchObject({
      code: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  });

  it('for a session without its token, with another token, and a long-lived key with a token', async () => {
    const key = credentials.sessionFor(READER);
    for (const wrong of [
      { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey },
      { ...key, sessionToken: 'guess' },
      { ...KEY, sessionToken: key.sessionToken },
    ]) {
      expect(refusal(await signed({}, wrong))).toMatchObject({ code: 'UnrecognizedClientException' });
    }
  });

  it('for a session that has ended', async () => {
    const key = credentials.issueSession(READER, NOW + 1000);
    expect(verifier.verify(await signed({}, key))).toEqual(READER);
    clock.advance(1000);
    expect(refusal(await signed({}, key))).toMatchObject({ code: 'ExpiredTokenException' });
    clock.set(NOW);
  });

  it.each([
    [
      15 * 60_000 + 1000,
      /^Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z \(20150830T125101Z - 15 min\.\)$/,
    ],
    [
      -15 * 60_000 - 1000,
      /^Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z \(20150830T122059Z \+ 15 min\.\)$/,
    ],
  ])('more than fifteen minutes away from the wall clock (%d ms)', (skew, message) => {
    clock.set(NOW + skew);
    expect(refusal(VANILLA)).toMatchObject({
      code: 'InvalidSignatureException',
      message: expect.stringMatching(message),
    });
    clock.set(NOW + skew - Math.sign(skew) * 1000);
    expect(refusal(VANILLA)).toEqual({});
    clock.set(NOW);
  });

  it('away from both clocks, where the local one was moved: functions sign with that', () => {
    const localClock = manualClock(NOW);
    const wallClock = manualClock(NOW + 86_400_000);
    const moved = createSignatureVerifier({ credentials, region: 'us-east-1', wallClock, localClock });
    expect(moved.verify(VANILLA)).toEqual(ROOT);
    localClock.advance(15 * 60_000 + 1000);
    expect(() => moved.verify(VANILLA)).toThrow(/^Signature expired: .* \(20150831T123600Z - 15 min\.\)$/);
  });

  it.each([
    [
      'without any signature',
      { Authorization: undefined },
      'MissingAuthenticationTokenException',
      'Request is missing Authentication Token',
    ],
    [
      'with a bearer token',
      { Authorization: 'Bearer x' },
      'IncompleteSignatureException',
      `Unsupported AWS 'algorithm'`,
    ],
    [
      'with nothing in it',
      { Authorization: 'AWS4-HMAC-SHA256' },
      'IncompleteSignatureException',
      `requires 'Credential' parameter. Authorization header requires 'Signature' parameter.`,
    ],
    [
      'without a date',
      { 'X-Amz-Date': undefined },
      'IncompleteSignatureException',
      `either a 'X-Amz-Date' or a 'Date' header`,
    ],
    ['with a malformed date', { 'X-Amz-Date': 'now' }, 'IncompleteSignatureException', 'basic format'],
    ['with a date that is none', { 'X-Amz-Date': '20151330T123600Z' }, 'IncompleteSignatureException', 'basic format'],
    ['of another day', { 'X-Amz-Date': '20150831T123600Z' }, 'InvalidSignatureException', `'20150830' != '20150831'`],
  ])('%s', (_what, headers, code, message) => {
    expect(refusal(withHeaders(headers))).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it.each([
    [
      'host',
      'SignedHeaders=host;x-amz-date',
      'SignedHeaders=x-amz-date',
      `'Host' or ':authority' must be a 'SignedHeader'`,
    ],
    [
      'region',
      'us-east-1',
      'eu-west-1',
      `Credential should be scoped to a valid region, not 'eu-west-1'. This system runs as 'us-east-1'.`,
    ],
    ['service', '/service/', '/s3/', `Credential should be scoped to correct service: 'service'.`],
    ['scope', '/aws4_request', '', 'exactly 5 slash-delimited elements'],
  ])('for a wrong or missing %s', (_what, from, to, message) => {
    const authorization = String(VANILLA.headers.Authorization).replace(from, to);
    expect(refusal(withHeaders({ Authorization: authorization })).message).toContain(message);
  });

  it('when the target is not part of what is signed: the same body could be sent to another operation', async () => {
    const request = await signed({ body: '{}' });
    const headers = { ...request.headers, 'x-amz-target': 'DynamoDB_20120810.DeleteTable' };
    expect(refusal({ ...request, headers }).message).toContain(`'X-Amz-Target' must be a 'SignedHeader'`);
  });

  it.each([
    ['malformed encoding', '%E0%A4%A'],
    ['half of the parameters', 'X-Amz-Algorithm=AWS4-HMAC-SHA256'],
    [
      'an expiry beyond a week',
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Date=b&X-Amz-Expires=604801&X-Amz-SignedHeaders=host&X-Amz-Signature=c',
    ],
  ])('for a query with %s', (_what, query) => {
    expect(refusal({ ...withHeaders({ Authorization: undefined }), query }).code).toMatch(
      /^(Incomplete|Invalid)SignatureException$/,
    );
  });
});
