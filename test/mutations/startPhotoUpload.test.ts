import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { settled, storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember, newUser } from '../support/member.ts';
import {
  photograph,
  photoOf,
  sendFile,
  startUpload,
  upload,
  type Ticket,
  type UploadInput,
} from '../support/photos.ts';
import { globalId, suspendedMember } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const [owner, other] = await Promise.all([newMember(), newMember()]);
const file = await photograph();
const REUSED = {
  code: 'IDEMPOTENCY_KEY_REUSED',
  message: 'This key has been used before. Make a new one.',
  field: ['input', 'idempotencyKey'],
};

async function startedTicket(input: UploadInput = {}): Promise<Ticket> {
  const { ticket } = await startUpload(owner, input);
  if (!ticket) throw new Error('there is no ticket');
  return ticket;
}

describe('starting the upload of a photo', () => {
  it('registers it and issues a ticket for five minutes', async () => {
    const key = ulid();
    const before = Date.now();

    const { photo, ticket, userErrors } = await startUpload(owner, { idempotencyKey: key, altText: '猫' });

    expect(userErrors).toEqual([]);
    expect(photo).toEqual({ id: globalId('Photo', key), status: 'UPLOADING', altText: '猫' });
    expect(ticket).toMatchObject({ maxBytes: 10_485_760, url: expect.stringContaining('hiroba-dev-uploads') });
    const validFor = Date.parse(ticket?.expiresAt ?? '') - before;
    expect(validFor).toBeGreaterThanOrEqual(5 * 60_000);
    expect(validFor).toBeLessThan(5 * 60_000 + 10_000);
    const names = ticket?.fields.map(({ name }) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining(['Content-Type', 'key', 'Policy', 'X-Amz-Signature']));
    expect(names.length).toBeLessThanOrEqual(20);
    expect(await storedItem('media', { photoId: key })).toMatchObject({
      ownerId: owner.sub,
      status: 'UPLOADING',
      contentType: 'image/jpeg',
      altText: '猫',
      expiresAt: expect.any(Number),
    });
  });

  it('answers the same photo, and another ticket, when it is repeated', async () => {
    const idempotencyKey = ulid();
    const first = await startUpload(owner, { idempotencyKey });

    const second = await startUpload(owner, { idempotencyKey, contentType: 'image/png', altText: 'Changed' });

    expect(second).toMatchObject({ photo: first.photo, userErrors: [] });
    expect(second.ticket?.fields).toContainEqual({ name: 'Content-Type', value: 'image/jpeg' });
  });

  it('issues none when the file has arrived', async () => {
    const idempotencyKey = ulid();
    const id = await upload(owner, file, { idempotencyKey });
    await settled();

    const again = await startUpload(owner, { idempotencyKey });

    expect(again).toMatchObject({ photo: { id, status: 'READY' }, ticket: null, userErrors: [] });
  });

  it('is refused with a key of somebody else', async () => {
    const idempotencyKey = ulid();
    await startUpload(other, { idempotencyKey });

    expect(await startUpload(owner, { idempotencyKey })).toEqual({ photo: null, ticket: null, userErrors: [REUSED] });
  });

  it.each<[string, UploadInput, string, string, string]>([
    [
      'another content type',
      { contentType: 'image/gif' },
      'INVALID',
      'The content type must be one of image/jpeg, image/png, image/webp.',
      'contentType',
    ],
    ['an empty file', { bytes: 0 }, 'INVALID', 'An empty file is no picture.', 'bytes'],
    [
      'a large file',
      { bytes: 10_485_761 },
      'TOO_LONG',
      'The file is 10485761 bytes long; at most 10485760 bytes are allowed: make the picture smaller.',
      'bytes',
    ],
    [
      'a long text',
      { altText: '猫'.repeat(167) },
      'TOO_LONG',
      'The alternative text is 501 bytes long; at most 500 bytes are allowed.',
      'altText',
    ],
    ['a blank text', { altText: ' ' }, 'BLANK', 'The alternative text must not be blank.', 'altText'],
  ])('is refused with %s', async (_, input, code, message, field) => {
    const userErrors = [{ code, message, field: ['input', field] }];

    expect(await startUpload(owner, input)).toEqual({ photo: null, ticket: null, userErrors });
  });

  it('is refused with a key of another time, without a profile, and to suspended members', async () => {
    const codes = async (refused: ReturnType<typeof startUpload>) => (await refused).userErrors.map(({ code }) => code);

    expect(await codes(startUpload(owner, { idempotencyKey: ulid(0) }))).toEqual(['IDEMPOTENCY_KEY_INVALID']);
    expect(await codes(startUpload(await newUser()))).toEqual(['PROFILE_REQUIRED']);
    expect(await codes(startUpload(await suspendedMember()))).toEqual(['ACCOUNT_NOT_ACTIVE']);
  });

  it('is not for the public', async () => {
    const { errors } = await graphql(
      publicCaller,
      `mutation { startPhotoUpload(input: { idempotencyKey: "${ulid()}", contentType: "image/png", bytes: 1 }) {
        userErrors { code }
      } }`,
    );

    expect(errors).toMatchObject([notAuthorized('Mutation', 'startPhotoUpload')]);
  });
});

describe('the store', () => {
  it.each<[string, () => Promise<Response>, string]>([
    ['no bytes', async () => sendFile(await startedTicket(), new Uint8Array()), 'EntityTooSmall'],
    ['too many bytes', async () => sendFile(await startedTicket(), Buffer.alloc(10_485_761)), 'EntityTooLarge'],
    [
      'another content type',
      async () => sendFile(await startedTicket(), file, { 'Content-Type': 'text/html' }),
      'AccessDenied',
    ],
    ['another name', async () => sendFile(await startedTicket(), file, { key: `photos/${ulid()}` }), 'AccessDenied'],
  ])('refuses %s', async (_, sent, code) => {
    const answer = await sent();

    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).toContain(`<Code>${code}</Code>`);
  });
});

describe('a photo whose file has arrived', () => {
  it('is upright, measured, and has four variants', async () => {
    const id = await upload(owner, file, { altText: 'Two colours' });
    await settled();
    const photoId = Buffer.from(id, 'base64url').toString().slice('Photo:'.length);

    const photo = await photoOf(owner, id);

    expect(photo).toMatchObject({ id, status: 'READY', failure: null, width: 1_200, height: 1_600 });
    expect(photo?.blurhash).toMatch(/^.{28}$/);
    expect(photo?.altText).toBe('Two colours');
    expect(photo?.variants?.map(({ url, ...rest }) => ({ ...rest, path: new URL(url).pathname }))).toEqual([
      {
        size: 'THUMB',
        format: 'WEBP',
        width: 192,
        height: 256,
        path: `/media/members/${photoId}/thumb.webp`,
      },
      { size: 'THUMB', format: 'JPEG', width: 192, height: 256, path: `/media/members/${photoId}/thumb.jpg` },
      { size: 'FEED', format: 'WEBP', width: 810, height: 1_080, path: `/media/members/${photoId}/feed.webp` },
      { size: 'FEED', format: 'JPEG', width: 810, height: 1_080, path: `/media/members/${photoId}/feed.jpg` },
    ]);
    expect(await storedItem('media', { photoId })).not.toHaveProperty('expiresAt');
  });

  it('is not enlarged, and keeps its transparency in WebP', async () => {
    const small = await sharp({ create: { width: 30, height: 20, channels: 4, background: '#ff000080' } })
      .png()
      .toBuffer();
    const id = await upload(owner, small, { contentType: 'image/png' });
    await settled();

    expect(await photoOf(owner, id)).toMatchObject({
      status: 'READY',
      width: 30,
      height: 20,
      variants: [1, 2, 3, 4].map(() => ({ width: 30, height: 20 })),
    });
  });
});
