import { describe, expect, it } from 'vitest';
import { storedItem, storedPartition } from '../support/aws.ts';
import { USER_ERRORS } from '../support/graphql.ts';
import { newMember, newUser } from '../support/member.ts';
import { comment, globalId, post, suspendedMember, userId } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const [author, withoutProfile, suspended] = await Promise.all([newMember(), newUser(), suspendedMember()]);
const discussed = await post(author);
const remark = await comment(author, discussed);

/** Every mutation of members that asks for a profile, with arguments that are otherwise in order. */
const mutations: readonly (readonly [field: string, args: () => string])[] = [
  ['updateProfile', () => '(input: { displayName: "N" })'],
  ['updateSettings', () => '(input: { language: JA })'],
  ...(['followUser', 'unfollowUser', 'blockUser', 'unblockUser', 'muteUser', 'unmuteUser'] as const).map(
    (field) => [field, () => `(userId: "${userId(author)}")`] as const,
  ),
  ['createPost', () => `(input: { idempotencyKey: "${ulid()}", body: "x" })`],
  ['deletePost', () => `(id: "${discussed.id}")`],
  ['likePost', () => `(postId: "${discussed.id}")`],
  ['unlikePost', () => `(postId: "${discussed.id}")`],
  ['createComment', () => `(input: { idempotencyKey: "${ulid()}", postId: "${discussed.id}", body: "x" })`],
  ['deleteComment', () => `(id: "${remark.id}")`],
  ['markNotificationsRead', () => '(upTo: "2025-01-31T00:00:00Z")'],
  ['createReport', () => `(input: { idempotencyKey: "${ulid()}", subjectId: "${discussed.id}", reason: SPAM })`],
];

describe('whoever has no profile yet', () => {
  const PROFILE_REQUIRED = {
    code: 'PROFILE_REQUIRED',
    message: 'Claim a handle first: there is no profile yet.',
    field: null,
  };

  it.each(mutations)('cannot write: %s', async (field, args) => {
    const { data, errors } = await withoutProfile.send(`mutation { ${field}${args()} { ${USER_ERRORS} } }`);

    expect(errors).toEqual([]);
    expect(data).toEqual({ [field]: { userErrors: [PROFILE_REQUIRED] } });
  });

  it('leaves no trace', async () => {
    expect(await storedItem('users', { userId: withoutProfile.sub })).toBeUndefined();
    expect(await storedPartition('edges', 'userId', withoutProfile.sub)).toEqual([]);
  });
});

describe('whoever is suspended', () => {
  const ACCOUNT_NOT_ACTIVE = {
    code: 'ACCOUNT_NOT_ACTIVE',
    message: 'This account can read but no longer write.',
    field: null,
  };

  it.each([...mutations, ['claimHandle', () => `(handle: "n${suspended.handle.slice(1)}")`] as const])(
    'cannot write: %s',
    async (field, args) => {
      const { data, errors } = await suspended.send(`mutation { ${field}${args()} { ${USER_ERRORS} } }`);

      expect(errors).toEqual([]);
      expect(data).toEqual({ [field]: { userErrors: [ACCOUNT_NOT_ACTIVE] } });
    },
  );

  it('leaves no trace, and still reads', async () => {
    expect(await storedPartition('edges', 'userId', suspended.sub)).toEqual([]);
    expect(await storedItem('users', { userId: suspended.sub })).toMatchObject({ handle: suspended.handle });
    expect((await suspended.send('{ viewer { user { handle } feed { edges { cursor } } } }')).data).toEqual({
      viewer: { user: { handle: suspended.handle }, feed: { edges: [] } },
    });
  });
});

describe('an idempotency key', () => {
  const MINUTES = 60_000;
  const creates: readonly (readonly [field: string, input: () => object])[] = [
    ['createPost', () => ({ body: 'x' })],
    ['createComment', () => ({ postId: discussed.id, body: 'x' })],
    ['createReport', () => ({ subjectId: globalId('Post', discussed.key), reason: 'SPAM' })],
  ];

  it.each(creates)('of another time is refused, earlier or later, by %s', async (field, input) => {
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
    const times = [Date.now() - 6 * MINUTES, Date.now() + 6 * MINUTES, 0];

    for (const time of times) {
      const idempotencyKey = ulid(time);
      const { data } = await author.send<Record<string, { userErrors: object[] }>>(
        `mutation ($input: ${type}) { ${field}(input: $input) { ${USER_ERRORS} } }`,
        { input: { idempotencyKey, ...input() } },
      );

      const begin = `The key must be made within 5 minutes of now: its time is ${new Date(time).toISOString()} and the service's is `;
      expect(data[field]?.userErrors).toEqual([
        {
          code: 'IDEMPOTENCY_KEY_INVALID',
          message: expect.stringMatching(new RegExp(`^${begin.replaceAll('.', '\\.')}.{24}\\.$`)),
          field: ['input', 'idempotencyKey'],
        },
      ]);
      expect(await storedPartition('posts', 'postId', idempotencyKey)).toEqual([]);
      expect(await storedItem('ops', { operationId: `CASE#${idempotencyKey}` })).toBeUndefined();
      expect(await storedItem('comments', { bucket: `${discussed.key}#0`, commentId: idempotencyKey })).toBeUndefined();
    }
  });

  it.each(['01ARZ3NDEKTSV4RRFFQ69G5FAV'.toLowerCase(), `8${ulid().slice(1)}`, `${ulid()}0`, '', 'I'.repeat(26)])(
    'that is no canonical ULID is refused: %j',
    async (idempotencyKey) => {
      const { data } = await author.send(
        `mutation ($input: CreatePostInput!) { createPost(input: $input) { ${USER_ERRORS} } }`,
        { input: { idempotencyKey, body: 'x' } },
      );

      const message = 'The key must be a ULID: 26 characters of 0-9 A-Z without I L O U.';
      const userError = { code: 'IDEMPOTENCY_KEY_INVALID', message, field: ['input', 'idempotencyKey'] };
      expect(data).toEqual({ createPost: { userErrors: [userError] } });
    },
  );
});
