import { describe, expect, it } from 'vitest';
import { graphql, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember, newUser } from '../support/member.ts';
import { userId } from '../support/social.ts';

describe('the viewer', () => {
  it('has the defaults before there is a profile', async () => {
    const user = await newUser();

    const { data, errors } = await user.send(
      `{ viewer {
        user { id } unreadNotificationCount
        settings { language digest notifyLikes notifyComments notifyFollows }
        feed { edges { cursor } } notifications { edges { cursor } } jobs { edges { cursor } }
      } }`,
    );

    expect(errors).toEqual([]);
    expect(data).toEqual({
      viewer: {
        user: null,
        unreadNotificationCount: 0,
        settings: { language: 'EN', digest: 'NEVER', notifyLikes: true, notifyComments: true, notifyFollows: true },
        feed: { edges: [] },
        notifications: { edges: [] },
        jobs: { edges: [] },
      },
    });
  });

  it('is whoever the token names, nobody else', async () => {
    const members = await Promise.all([newMember(), newMember()]);

    const answers = await Promise.all(members.map((member) => member.send('{ viewer { user { id handle } } }')));

    expect(answers.map(({ data }) => data)).toEqual(
      members.map((member) => ({ viewer: { user: { id: userId(member), handle: member.handle } } })),
    );
  });

  it('is nobody without sign-in', async () => {
    const { data, errors } = await graphql(publicCaller, '{ viewer { unreadNotificationCount } }');

    expect(data).toEqual({ viewer: null });
    expect(errors).toMatchObject([notAuthorized('Query', 'viewer')]);
  });

  it('is not given access to media yet', async () => {
    const { data, errors } = await (await newMember()).send('{ viewer { mediaAccess { expiresAt } } }');

    expect(data).toEqual({ viewer: { mediaAccess: null } });
    expect(errors).toMatchObject([
      {
        path: ['viewer', 'mediaAccess'],
        errorType: 'NotAvailable',
        message:
          'mediaAccess is not available in this deployment yet: it needs photo storage and a key to sign cookies with',
      },
    ]);
  });
});
