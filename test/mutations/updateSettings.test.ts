import { describe, expect, it } from 'vitest';
import { storedItem } from '../support/aws.ts';
import { graphql, notAuthorized, publicCaller, USER_ERRORS } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';

const UPDATE = `mutation ($input: UpdateSettingsInput!) {
  updateSettings(input: $input) { settings { language digest notifyLikes notifyComments notifyFollows } ${USER_ERRORS} }
}`;
const stored = (member: { sub: string }) => storedItem('users', { userId: member.sub });
const defaults = { language: 'EN', digest: 'NEVER', notifyLikes: true, notifyComments: true, notifyFollows: true };

describe('a change of the settings', () => {
  it('is answered with all of them and stored; what is left out or null stays', async () => {
    const member = await newMember();
    const before = await stored(member);

    const { data, errors } = await member.send(UPDATE, { input: { language: 'JA', notifyLikes: false, digest: null } });

    expect(errors).toEqual([]);
    expect(data).toEqual({
      updateSettings: { settings: { ...defaults, language: 'JA', notifyLikes: false }, userErrors: [] },
    });
    expect(await stored(member)).toEqual({ ...before, language: 'JA', notifyLikes: false });
  });

  it('changes nothing more when repeated, and answers the same', async () => {
    const member = await newMember();
    const input = { digest: 'WEEKLY', notifyComments: false, notifyFollows: false };
    const first = await member.send(UPDATE, { input });
    const before = await stored(member);

    const again = await member.send(UPDATE, { input });

    expect(again.data).toEqual(first.data);
    expect(await stored(member)).toEqual(before);
  });

  it("shows in the viewer's settings at once", async () => {
    const member = await newMember();
    await member.send(UPDATE, { input: { digest: 'DAILY' } });

    const { data } = await member.send(
      '{ viewer { settings { language digest notifyLikes notifyComments notifyFollows } } }',
    );

    expect(data).toEqual({ viewer: { settings: { ...defaults, digest: 'DAILY' } } });
  });

  it('of nothing answers the settings as they are', async () => {
    const member = await newMember();
    const before = await stored(member);

    const { data } = await member.send(UPDATE, { input: {} });

    expect(data).toEqual({ updateSettings: { settings: defaults, userErrors: [] } });
    expect(await stored(member)).toEqual(before);
  });

  it('is refused to the public', async () => {
    const { errors } = await graphql(publicCaller, UPDATE, { input: { language: 'JA' } });

    expect(errors).toMatchObject([notAuthorized('Mutation', 'updateSettings')]);
  });

  it('is refused for a language that the service does not speak', async () => {
    const member = await newMember();
    const before = await stored(member);

    const { data, errors } = await member.send(UPDATE, { input: { language: 'FR' } });

    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(await stored(member)).toEqual(before);
  });
});
