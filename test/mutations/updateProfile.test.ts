import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, invalidArgument, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { storePhoto, userId } from '../support/social.ts';
import { A_TRACE } from '../support/trace.ts';

const UPDATE = `mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) { user { id displayName bio avatar { id } } ${USER_ERRORS} }
}`;
const stored = (member: { sub: string }) => storedItem('users', { userId: member.sub });

describe('a change of the profile', () => {
  it('is answered and stored; what is left out stays', async () => {
    const member = await newMember();
    const before = await stored(member);
    const photo = await storePhoto(member);

    const { data, errors } = await member.send(UPDATE, { input: { displayName: '花子', avatarPhotoId: photo.id } });

    expect(errors).toEqual([]);
    expect(data).toEqual({
      updateProfile: {
        user: { id: userId(member), displayName: '花子', bio: '', avatar: { id: photo.id } },
        userErrors: [],
      },
    });
    expect(await stored(member)).toEqual({ ...before, displayName: '花子', avatarPhotoId: photo.key, trace: A_TRACE });
  });

  it('changes nothing more when repeated, and answers the same', async () => {
    const member = await newMember();
    const input = { displayName: 'Hanako', bio: 'Cats.' };
    const first = await member.send(UPDATE, { input });
    const before = await stored(member);

    const again = await member.send(UPDATE, { input });

    expect(again.data).toEqual(first.data);
    expect(await stored(member)).toEqual({ ...before, trace: A_TRACE });
  });

  it('clears the bio by an empty text and the picture by null, and takes null texts for absent', async () => {
    const member = await newMember();
    const photo = await storePhoto(member);
    await member.send(UPDATE, { input: { displayName: 'H', bio: 'Cats.', avatarPhotoId: photo.id } });

    const { data } = await member.send(UPDATE, { input: { displayName: null, bio: '', avatarPhotoId: null } });

    expect(data).toMatchObject({ updateProfile: { user: { displayName: 'H', bio: '', avatar: null } } });
    expect(await stored(member)).not.toHaveProperty('avatarPhotoId');
  });

  it('of nothing answers the profile as it is', async () => {
    const member = await newMember();
    const before = await stored(member);

    const { data } = await member.send(UPDATE, { input: {} });

    expect(data).toMatchObject({ updateProfile: { user: { displayName: member.handle }, userErrors: [] } });
    expect(await stored(member)).toEqual({ ...before, trace: A_TRACE });
  });
});

describe('a change of the profile is refused', () => {
  it('to the public', async () => {
    const { errors } = await graphql(publicCaller, UPDATE, { input: { displayName: 'Nobody' } });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'updateProfile')]);
  });

  it.each([
    ['a blank name', { displayName: ' ' }, 'BLANK', 'The display name must not be blank.', 'displayName'],
    [
      'a name of 102 bytes',
      { displayName: 'あ'.repeat(34) },
      'TOO_LONG',
      'The display name is 102 bytes long; at most 100 bytes are allowed.',
      'displayName',
    ],
    [
      'a bio of 501 bytes',
      { bio: 'あ'.repeat(167) },
      'TOO_LONG',
      'The bio is 501 bytes long; at most 500 bytes are allowed.',
      'bio',
    ],
  ])('for %s, and the rest of the change with it', async (_, input, code, message, field) => {
    const member = await newMember();
    const before = await stored(member);

    const { data } = await member.send(UPDATE, { input: { displayName: 'Hanako', bio: 'Cats.', ...input } });

    expect(data).toEqual({
      updateProfile: { user: null, userErrors: [{ code, message, field: ['input', field] }] },
    });
    expect(await stored(member)).toEqual(before);
  });

  it("for a picture that is not ready, somebody else's, or not there", async () => {
    const [member, other] = await Promise.all([newMember(), newMember()]);
    const before = await stored(member);
    const photos = await Promise.all([storePhoto(member, { status: 'FAILED' }), storePhoto(other)]);
    const ids = [...photos.map(({ id }) => id), Buffer.from('Photo:none').toString('base64url')];

    for (const avatarPhotoId of ids) {
      const { data } = await member.send(UPDATE, { input: { avatarPhotoId } });

      const message = 'The photo is not ready, or not yours.';
      const userError = { code: 'PHOTO_NOT_USABLE', message, field: ['input', 'avatarPhotoId'] };
      expect(data).toEqual({ updateProfile: { user: null, userErrors: [userError] } });
    }
    expect(await stored(member)).toEqual(before);
  });

  it('for a picture whose id is that of something else', async () => {
    const member = await newMember();

    const { errors } = await member.send(UPDATE, { input: { avatarPhotoId: userId(member) } });

    const message = `avatarPhotoId: '${userId(member)}' is the id of a User, not of a Photo`;
    expect(errors).toMatchObject([invalidArgument(['updateProfile'], message)]);
  });
});
