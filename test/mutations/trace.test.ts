import { expect, it } from 'vitest';
import { type Item, storedItem } from '../support/aws.ts';
import { type Member, newMember, newUser } from '../support/member.ts';
import { comment, globalId, post, userId } from '../support/social.ts';
import { target } from '../support/target.ts';
import { ulid } from '../support/ulid.ts';

const TRACE = '1-6925a1b0-0123456789abcdef01234567';

/** Sends it with a trace id of the client's own, and answers what the client is told of it. */
async function traced(member: Member, query: string, variables: object): Promise<string | null> {
  const response = await fetch(target.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: member.authorization,
      'x-amzn-trace-id': `Root=${TRACE};Parent=53995c3f42cd8ad8;Sampled=1`,
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: { done: { userErrors: object[] } } | null;
    errors?: object[];
  };
  expect([errors, data?.done.userErrors]).toEqual([undefined, []]);
  return response.headers.get('hiroba-trace');
}

interface Written {
  readonly query: string;
  readonly variables: (given: Given) => object;
  readonly item: (given: Given) => Promise<Item | undefined>;
}

interface Given {
  readonly author: Member;
  readonly member: Member;
  readonly written: { readonly id: string; readonly key: string };
  readonly remark: { readonly id: string; readonly key: string };
  readonly key: string;
}

const DONE = 'userErrors { code }';
const edge =
  (name: string) =>
  ({ member }: Given) =>
    storedItem('edges', { userId: member.sub, edge: name });

const mutations: Readonly<Record<string, Written>> = {
  createPost: {
    query: `mutation ($input: CreatePostInput!) { done: createPost(input: $input) { ${DONE} } }`,
    variables: ({ key }) => ({ input: { idempotencyKey: key, body: 'Hello' } }),
    item: ({ key }) => storedItem('posts', { postId: key, item: 'POST' }),
  },
  deletePost: {
    query: `mutation ($id: ID!) { done: deletePost(id: $id) { ${DONE} } }`,
    variables: ({ written }) => ({ id: written.id }),
    item: ({ written }) => storedItem('posts', { postId: written.key, item: 'POST' }),
  },
  createComment: {
    query: `mutation ($input: CreateCommentInput!) { done: createComment(input: $input) { ${DONE} } }`,
    variables: ({ key, written }) => ({ input: { idempotencyKey: key, postId: written.id, body: 'Nice' } }),
    item: ({ key, written }) => storedItem('comments', { bucket: `${written.key}#0`, commentId: key }),
  },
  deleteComment: {
    query: `mutation ($id: ID!) { done: deleteComment(id: $id) { ${DONE} } }`,
    variables: ({ remark }) => ({ id: remark.id }),
    item: ({ written, remark }) => storedItem('comments', { bucket: `${written.key}#0`, commentId: remark.key }),
  },
  likePost: {
    query: `mutation ($id: ID!) { done: likePost(postId: $id) { ${DONE} } }`,
    variables: ({ written }) => ({ id: written.id }),
    item: (given) => edge(`LIKE#${given.written.key}`)(given),
  },
  followUser: {
    query: `mutation ($id: ID!) { done: followUser(userId: $id) { ${DONE} } }`,
    variables: ({ author }) => ({ id: userId(author) }),
    item: (given) => edge(`FOLLOW#${given.author.sub}`)(given),
  },
  createReport: {
    query: `mutation ($input: CreateReportInput!) { done: createReport(input: $input) { ${DONE} } }`,
    variables: ({ key, written }) => ({ input: { idempotencyKey: key, subjectId: written.id, reason: 'SPAM' } }),
    item: ({ key }) => storedItem('ops', { operationId: `CASE#${key}` }),
  },
  updateProfile: {
    query: `mutation ($input: UpdateProfileInput!) { done: updateProfile(input: $input) { ${DONE} } }`,
    variables: () => ({ input: { bio: 'Here' } }),
    item: ({ member }) => storedItem('users', { userId: member.sub }),
  },
};

it.each(Object.entries(mutations))(
  'what %s writes carries the trace id of the request, and the answer tells it',
  async (name, { query, variables, item }) => {
    const [author, member] = await Promise.all([newMember(), newMember()]);
    const written = await post(author);
    const remark = await comment(author, written);
    const given: Given = { author, member, written, remark, key: ulid() };
    const told = await traced(name.startsWith('delete') ? author : member, query, variables(given));
    expect(told).toBe(TRACE);
    expect(await item(given)).toMatchObject({ trace: TRACE });
  },
);

it('a profile carries the trace id of the request that made it', async () => {
  const user = await newUser();
  const handle = `t${ulid().toLowerCase()}`;
  const query = `mutation ($handle: String!) { done: claimHandle(handle: $handle) { ${DONE} } }`;
  expect(await traced(user, query, { handle })).toBe(TRACE);
  expect(await storedItem('users', { userId: user.sub })).toMatchObject({ handle, trace: TRACE });
});

it('what a moderator removes carries the trace id of the decision, and so does who is suspended', async () => {
  const [author, reporter, moderator] = await Promise.all([
    newMember(),
    newMember(),
    newMember({ groups: ['moderators'] }),
  ]);
  const [removed, suspended] = [await post(author), await post(author)];
  const decide = async (subject: string, decision: string): Promise<void> => {
    const key = ulid();
    const input = { idempotencyKey: key, subjectId: subject, reason: 'SPAM' };
    await traced(reporter, mutations['createReport']?.query ?? '', { input });
    await traced(
      moderator,
      `mutation ($id: ID!, $decision: Decision!) { done: decideModeration(caseId: $id, decision: $decision) { ${DONE} } }`,
      { id: globalId('ModerationCase', key), decision },
    );
  };
  await decide(removed.id, 'REMOVE_SUBJECT');
  await decide(suspended.id, 'SUSPEND_OWNER');
  const tombstone = await storedItem('posts', { postId: removed.key, item: 'POST' });
  expect(tombstone).toMatchObject({ removedAt: expect.any(String) as string, trace: TRACE });
  expect(await storedItem('users', { userId: author.sub })).toMatchObject({ status: 'SUSPENDED', trace: TRACE });
});

it('a trace id that AppSync made is kept, too, and no client sees it in what it reads', async () => {
  const author = await newMember();
  const written = await post(author);
  const { trace } = (await storedItem('posts', { postId: written.key, item: 'POST' })) ?? {};
  expect(trace).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  const read = await author.send('query ($id: ID!) { node(id: $id) { id ... on Post { body author { id bio } } } }', {
    id: written.id,
  });
  expect(JSON.stringify(read)).not.toContain(String(trace));
});
