import '../testing/environment.ts';
import { generateKeyPairSync, verify } from 'node:crypto';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MediaAccess } from './cookies.ts';
import { forgetParameter } from '../shared/parameters.ts';
import { handler } from './handler.ts';
import type { UploadTicket } from './ticket.ts';

const lines: string[] = [];
for (const level of ['log', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
}
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-01-31T12:00:00.000Z') }));
afterEach(() => void vi.useRealTimers());

const photoId = '01JJXF4C000000000000000000';

describe('a ticket', () => {
  test('is for one file of one type under one name, for five minutes', async () => {
    const ticket = await handler({ kind: 'PHOTO', photoId, contentType: 'image/webp' });
    const { url, fields, maxBytes, expiresAt } = ticket as UploadTicket;

    expect({ url, maxBytes, expiresAt }).toEqual({
      url: 'https://uploads.s3.us-east-1.amazonaws.com/',
      maxBytes: 10_485_760,
      expiresAt: '2025-01-31T12:05:00.000Z',
    });
    const policy = fields.find(({ name }) => name === 'Policy')?.value ?? '';
    expect(JSON.parse(Buffer.from(policy, 'base64').toString())).toEqual({
      expiration: '2025-01-31T12:05:00Z',
      conditions: expect.arrayContaining([
        ['content-length-range', 1, 10_485_760],
        { 'Content-Type': 'image/webp' },
        { bucket: 'uploads' },
        { key: `photos/${photoId}` },
      ]),
    });
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      level: 'INFO',
      function: 'tickets',
      kind: 'PHOTO',
      photoId,
    });
  });

  test('for what shows a report is for a file that no browser opens by itself', async () => {
    const ticket = (await handler({ kind: 'EVIDENCE', reportId: photoId, number: 10 })) as UploadTicket;

    expect(ticket.url).toBe('https://evidence.s3.us-east-1.amazonaws.com/');
    expect(ticket.fields).toEqual(
      expect.arrayContaining([
        { name: 'Content-Type', value: 'application/octet-stream' },
        { name: 'key', value: `reports/${photoId}/10` },
      ]),
    );
  });

  test.each([
    ['an eleventh file', { kind: 'EVIDENCE', reportId: photoId, number: 11 }, 'number is none of 1-10'],
    ['another kind', { kind: 'OTHER', photoId }, 'no ticket is of the kind OTHER'],
    ['a name that leads elsewhere', { kind: 'PHOTO', photoId: '../x', contentType: 'image/png' }, 'photoId is no ULID'],
    [
      'another type',
      { kind: 'PHOTO', photoId, contentType: 'text/html' },
      'contentType is none of image/jpeg, image/png, image/webp',
    ],
    ['nothing', null, 'no ticket is of the kind undefined'],
  ])('is not issued for %s', async (_, payload, problem) => {
    await expect(handler(payload)).rejects.toThrow(problem);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'ERROR', error: `Error: ${problem}` });
  });
});

describe('access to photos for members', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const values: Record<string, string> = {
    '/hiroba-dev/site-url': 'https://cdn.example/',
    '/hiroba-dev/cdn-key-pair-id': 'K2JCJMDEHXQW5F',
    '/hiroba-dev/cdn-private-key': String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
  const parameters = mockClient(SSMClient);
  beforeEach(() => {
    parameters.reset();
    for (const Name of Object.keys(values)) forgetParameter(Name);
    parameters
      .on(GetParameterCommand)
      .callsFake(({ Name }: { Name: string }) => ({ Parameter: { Value: values[Name] } }));
  });

  test('is three cookies for an hour', async () => {
    const { cookies, expiresAt } = (await handler({ kind: 'MEDIA' })) as MediaAccess;

    expect(expiresAt).toBe('2025-01-31T13:00:00.000Z');
    const cookie = Object.fromEntries(cookies.map(({ name, value }) => [name, value]));
    expect(Object.keys(cookie).sort()).toEqual(['CloudFront-Key-Pair-Id', 'CloudFront-Policy', 'CloudFront-Signature']);
    expect(cookie['CloudFront-Key-Pair-Id']).toBe('K2JCJMDEHXQW5F');
    const policy = decoded(cookie['CloudFront-Policy']);
    expect(JSON.parse(policy.toString())).toEqual({
      Statement: [
        {
          Resource: 'https://cdn.example/media/members/*',
          Condition: { DateLessThan: { 'AWS:EpochTime': 1_738_328_400 } },
        },
      ],
    });
    expect(verify('RSA-SHA1', policy, publicKey, decoded(cookie['CloudFront-Signature']))).toBe(true);
  });

  test('is an error that tells the operator what to do, when there is no key', async () => {
    parameters
      .on(GetParameterCommand, { Name: '/hiroba-dev/cdn-private-key' })
      .rejects(new ParameterNotFound({ message: '', $metadata: {} }));

    await expect(handler({ kind: 'MEDIA' })).rejects.toThrow(
      'there is no parameter /hiroba-dev/cdn-private-key: docs/deploy.md says how to make the key of the CDN',
    );
  });
});

/** CloudFront's base64, whose characters may stand in a cookie. */
const decoded = (text = ''): Buffer =>
  Buffer.from(text.replaceAll('-', '+').replaceAll('_', '=').replaceAll('~', '/'), 'base64');
