import { describe, expect, it } from 'vitest';
import { settled, storedItem } from '../support/aws.ts';
import {
  graphql,
  invalidArgument,
  notAuthorized,
  publicCaller,
  USER_ERRORS,
  type UserError,
} from '../support/graphql.ts';
import { type Member, newMember } from '../support/member.ts';
import { photograph, photoOf, startUpload, upload } from '../support/photos.ts';
import { globalId, storePhoto, suspendedMember, userId } from '../support/social.ts';

const COMPLETE = `mutation ($photoId: ID!) { completePhotoUpload(photoId: $photoId) { photo { id status } ${USER_ERRORS} } }`;
interface Completed {
  readonly completePhotoUpload: { readonly photo: object | null; readonly userErrors: readonly UserError[] };
}
const complete = (member: Member, photoId: string) => member.send<Completed>(COMPLETE, { photoId });

const [owner, other] = await Promise.all([newMember(), newMember()]);
const NOT_FOUND = {
  code: 'NOT_FOUND',
  message: 'There is no such photo: start its upload again.',
  field: ['photoId'],
};

describe('completing an upload', () => {
  it('is acknowledged, and the photo becomes ready whoever was faster, we or the store', async () => {
    const id = await upload(owner, await photograph(400, 300));

    const { data, errors } = await complete(owner, id);
    await settled();

    expect(errors).toEqual([]);
    expect(data.completePhotoUpload).toMatchObject({ photo: { id }, userErrors: [] });
    expect(await photoOf(owner, id)).toMatchObject({ status: 'READY', width: 300, height: 400 });
  });

  it('changes nothing when repeated', async () => {
    const id = await upload(owner, await photograph(400, 300));
    await complete(owner, id);
    await settled();
    const photoId = Buffer.from(id, 'base64url').toString().slice('Photo:'.length);
    const before = await storedItem('media', { photoId });

    const { data } = await complete(owner, id);
    await settled();

    expect(data).toEqual({ completePhotoUpload: { photo: { id, status: 'READY' }, userErrors: [] } });
    expect(await storedItem('media', { photoId })).toEqual(before);
  });

  it('without a file ends as a failure that says so', async () => {
    const { photo } = await startUpload(owner);
    const id = photo?.id ?? '';

    const { data } = await complete(owner, id);
    await settled();

    expect(data).toEqual({ completePhotoUpload: { photo: { id, status: 'PROCESSING' }, userErrors: [] } });
    expect(await photoOf(owner, id)).toMatchObject({ status: 'FAILED', failure: 'NOT_UPLOADED', variants: null });
  });

  it.each([
    ["somebody else's", async () => (await startUpload(other)).photo?.id ?? ''],
    ['one that never was', () => Promise.resolve(globalId('Photo', 'none'))],
    ['one that was dropped', async () => (await storePhoto(owner, { status: 'UPLOADING', expiresAt: 1 })).id],
  ])('is refused for %s', async (_, photo) => {
    const { data } = await complete(owner, await photo());

    expect(data).toEqual({ completePhotoUpload: { photo: null, userErrors: [NOT_FOUND] } });
  });

  it('is refused to suspended members and to the public, and for what is no photo', async () => {
    const id = globalId('Photo', 'none');
    const suspended = await complete(await suspendedMember(), id);
    expect(suspended.data.completePhotoUpload.userErrors).toMatchObject([{ code: 'ACCOUNT_NOT_ACTIVE' }]);
    expect((await graphql(publicCaller, COMPLETE, { photoId: id })).errors).toMatchObject([
      notAuthorized('Mutation', 'completePhotoUpload'),
    ]);
    const message = `photoId: '${userId(owner)}' is the id of a User, not of a Photo`;
    expect((await complete(owner, userId(owner))).errors).toMatchObject([
      invalidArgument(['completePhotoUpload'], message),
    ]);
  });
});
