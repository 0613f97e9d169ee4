import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { settled, storedItem } from '../support/aws.ts';
import { graphql, publicCaller } from '../support/graphql.ts';
import { type Member, newMember } from '../support/member.ts';
import { photograph, photoOf, type ShownPhoto, upload } from '../support/photos.ts';
import { deletePost, globalId, report } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const [owner, moderator] = await Promise.all([newMember(), newMember({ groups: ['moderators'] })]);
const file = await photograph(600, 400);

async function readyPhoto(): Promise<ShownPhoto & { readonly key: string }> {
  const id = await upload(owner, file);
  await settled();
  return current(id);
}

async function current(id: string): Promise<ShownPhoto & { readonly key: string }> {
  const photo = await photoOf(owner, id);
  if (!photo) throw new Error('the photo is gone');
  return { ...photo, key: Buffer.from(id, 'base64url').toString().slice('Photo:'.length) };
}

async function show(photo: ShownPhoto, visibility: 'PUBLIC' | 'FOLLOWERS') {
  const key = ulid();
  const input = { idempotencyKey: key, body: 'Look', visibility, photoIds: [photo.id] };
  const { data } = await owner.send<{ createPost: { userErrors: object[] } }>(
    'mutation ($input: CreatePostInput!) { createPost(input: $input) { userErrors { message } } }',
    { input },
  );
  expect(data.createPost.userErrors).toEqual([]);
  await settled();
  return { id: globalId('Post', key), key };
}

/** The headers of a viewer, as a browser keeps what `mediaAccess` gave. */
async function cookiesOf(member: Member): Promise<{ readonly cookie: string }> {
  const { data } = await member.send<{
    viewer: { mediaAccess: { cookies: { name: string; value: string }[]; expiresAt: string } };
  }>('{ viewer { mediaAccess { cookies { name value } expiresAt } } }');
  const { cookies, expiresAt } = data.viewer.mediaAccess;
  expect(cookies).toHaveLength(3);
  expect(Math.abs(Date.parse(expiresAt) - Date.now() - 3_600_000)).toBeLessThan(60_000);
  return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

const paths = ({ variants }: ShownPhoto) => variants?.map(({ url }) => new URL(url).pathname.split('/')[2]);
const statuses = async (photo: ShownPhoto, headers: Record<string, string> = {}) =>
  Promise.all((photo.variants ?? []).map(async ({ url }) => (await fetch(url, { headers })).status));

/** The CDN makes 404 of S3's 403 when the site has a page for that. */
const areGone = async (photo: ShownPhoto, headers: Record<string, string> = {}) =>
  (await statuses(photo, headers)).every((status) => status === 403 || status === 404);

describe('a photo that nobody is shown yet', () => {
  it('is answered by the CDN to whoever has the cookies of a member, and to nobody else', async () => {
    const photo = await readyPhoto();

    expect(paths(photo)).toEqual(['members', 'members', 'members', 'members']);
    expect(await statuses(photo)).toEqual([403, 403, 403, 403]);
    expect(await statuses(photo, await cookiesOf(await newMember()))).toEqual([200, 200, 200, 200]);
  });

  it('is the picture that was sent, upright, and tells nothing of camera and place', async () => {
    const photo = await readyPhoto();
    const headers = await cookiesOf(owner);

    for (const { url, format, width, height } of photo.variants ?? []) {
      const response = await fetch(url, { headers });
      const content = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get('content-type')).toBe(format === 'WEBP' ? 'image/webp' : 'image/jpeg');
      expect(await sharp(content).metadata()).toMatchObject({ width, height });
      const { exif, orientation } = await sharp(content).metadata();
      expect([exif, orientation]).toEqual([undefined, undefined]);
      // What was on the left of the file is on top of the picture: orange, then blue.
      const { data, info } = await sharp(content).resize(1, 2, { fit: 'fill' }).removeAlpha().raw().toBuffer({
        resolveWithObject: true,
      });
      const [top, bottom] = [data.subarray(0, info.channels), data.subarray(info.channels)];
      expect(top[0]).toBeGreaterThan(180);
      expect(bottom[0]).toBeLessThan(100);
    }
  });
});

describe('a photo that a post shows', () => {
  it('is open to everybody when the post is PUBLIC', async () => {
    const photo = await readyPhoto();

    const { id } = await show(photo, 'PUBLIC');

    const { data } = await graphql<{ post: { photos: ShownPhoto[] } }>(
      publicCaller,
      'query ($id: ID!) { post(id: $id) { photos { id variants { size format width height url } } } }',
      { id },
    );
    const [shown] = data.post.photos;
    expect(shown && paths(shown)).toEqual(['public', 'public', 'public', 'public']);
    expect(shown && (await statuses(shown))).toEqual([200, 200, 200, 200]);
  });

  it('stays for members when the post is for followers', async () => {
    const photo = await readyPhoto();

    await show(photo, 'FOLLOWERS');

    const shown = await current(photo.id);
    expect(paths(shown)).toEqual(['members', 'members', 'members', 'members']);
    expect(await statuses(shown)).toEqual([403, 403, 403, 403]);
  });

  it('is deleted with the post', async () => {
    const photo = await readyPhoto();
    const post = await show(photo, 'PUBLIC');
    const open = await current(photo.id);

    await deletePost(owner, post);
    await settled();

    expect(await photoOf(owner, photo.id)).toBeNull();
    expect(await storedItem('media', { photoId: photo.key })).toMatchObject({
      removedAt: expect.any(String),
      expiresAt: expect.any(Number),
    });
    expect(await areGone(open)).toBe(true);
    expect(await areGone(photo, await cookiesOf(owner))).toBe(true);
  });

  it('is deleted when a moderator removes the post', async () => {
    const photo = await readyPhoto();
    const post = await show(photo, 'PUBLIC');
    const open = await current(photo.id);
    const { id: caseId } = await report(moderator, post.id);

    await moderator.send(
      'mutation ($caseId: ID!) { decideModeration(caseId: $caseId, decision: REMOVE_SUBJECT) { userErrors { code } } }',
      { caseId },
    );
    await settled();

    expect(await photoOf(owner, photo.id)).toBeNull();
    expect(await areGone(open)).toBe(true);
  });
});

describe('the picture of a profile', () => {
  it('is open to everybody', async () => {
    const photo = await readyPhoto();

    await owner.send(
      'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { code } } }',
      {
        input: { avatarPhotoId: photo.id },
      },
    );
    await settled();

    const { data } = await graphql<{ user: { avatar: ShownPhoto } }>(
      publicCaller,
      'query ($handle: String!) { user(handle: $handle) { avatar { variants { size format width height url } } } }',
      { handle: owner.handle },
    );
    expect(await statuses(data.user.avatar)).toEqual([200, 200, 200, 200]);
    expect(paths(data.user.avatar)).toEqual(['public', 'public', 'public', 'public']);
  });
});
