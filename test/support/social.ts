import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { dynamodb, type Item, tableName } from './aws.ts';
import { USER_ERRORS, type UserError } from './graphql.ts';
import { type Member, newMember } from './member.ts';
import { ulid } from './ulid.ts';

/** The id that clients see, of a type and the parts of a key. */
export const globalId = (...parts: readonly string[]): string => Buffer.from(parts.join(':')).toString('base64url');

export const userId = (member: Pick<Member, 'sub'>): string => globalId('User', member.sub);

export interface Written {
  /** Global. */
  readonly id: string;
  /** The idempotency key, which is the last part of the stored key. */
  readonly key: string;
}

export interface NewPost {
  readonly body?: string;
  readonly visibility?: 'PUBLIC' | 'FOLLOWERS';
  readonly photoIds?: readonly string[];
  readonly key?: string;
}

/** Posts; without a body, some text. */
export async function post(
  author: Member,
  { body = 'Hello', visibility, photoIds, key = ulid() }: NewPost = {},
): Promise<Written> {
  await must(author, `mutation ($input: CreatePostInput!) { done: createPost(input: $input) { ${USER_ERRORS} } }`, {
    input: { idempotencyKey: key, body, visibility, photoIds },
  });
  return { id: globalId('Post', key), key };
}

/** Posts one after the other, a millisecond apart, so that their order is that of `bodies`. The last is now. */
export async function posts(author: Member, bodies: readonly string[], options: NewPost = {}): Promise<Written[]> {
  const start = Date.now() - bodies.length;
  return Promise.all(bodies.map((body, index) => post(author, { ...options, body, key: ulid(start + index) })));
}

export async function comment(author: Member, under: Written, body = 'Nice', key = ulid()): Promise<Written> {
  await must(
    author,
    `mutation ($input: CreateCommentInput!) { done: createComment(input: $input) { ${USER_ERRORS} } }`,
    {
      input: { idempotencyKey: key, postId: under.id, body },
    },
  );
  return { id: globalId('Comment', under.key, key), key };
}

type UserMutation = 'followUser' | 'unfollowUser' | 'blockUser' | 'unblockUser' | 'muteUser' | 'unmuteUser';

export async function relate(member: Member, mutation: UserMutation, other: Pick<Member, 'sub'>): Promise<void> {
  await must(member, `mutation ($id: ID!) { done: ${mutation}(userId: $id) { ${USER_ERRORS} } }`, {
    id: userId(other),
  });
}

export const follow = (member: Member, other: Member): Promise<void> => relate(member, 'followUser', other);
export const block = (member: Member, other: Member): Promise<void> => relate(member, 'blockUser', other);

export async function like(member: Member, liked: Written): Promise<void> {
  await must(member, `mutation ($id: ID!) { done: likePost(postId: $id) { ${USER_ERRORS} } }`, { id: liked.id });
}

export async function deletePost(author: Member, { id }: Written): Promise<void> {
  await must(author, `mutation ($id: ID!) { done: deletePost(id: $id) { ${USER_ERRORS} } }`, { id });
}

/** Reports something as spam; the key is the case's. */
export async function report(reporter: Member, subjectId: string, key = ulid()): Promise<Written> {
  const input = { idempotencyKey: key, subjectId, reason: 'SPAM' };
  await must(
    reporter,
    `mutation ($input: CreateReportInput!) { done: createReport(input: $input) { ${USER_ERRORS} } }`,
    {
      input,
    },
  );
  return { id: globalId('ModerationCase', key), key };
}

/** A PUBLIC post as createPost stored it at an earlier time. */
export async function storePost(
  author: Member,
  {
    body,
    hashtags,
    time,
    key = ulid(time),
    photoIds = [],
  }: {
    readonly body: string;
    readonly hashtags: readonly string[];
    readonly time: number;
    readonly key?: string;
    /** As they are stored. */
    readonly photoIds?: readonly string[];
  },
): Promise<Written> {
  const createdAt = new Date(time).toISOString();
  const item = { postId: key, item: 'POST', authorId: author.sub, body, hashtags, visibility: 'PUBLIC', createdAt };
  await dynamodb.send(new PutCommand({ TableName: tableName('posts'), Item: { ...item, photoIds } }));
  return { id: globalId('Post', key), key };
}

/** A photo as the upload's worker would have stored it. */
export async function storePhoto(owner: Member, attributes: Item = {}): Promise<Written> {
  const key = randomUUID();
  const item = {
    photoId: key,
    ownerId: owner.sub,
    status: 'READY',
    altText: 'A cat',
    createdAt: '2025-01-31T00:00:00.000Z',
  };
  await dynamodb.send(new PutCommand({ TableName: tableName('media'), Item: { ...item, ...attributes } }));
  return { id: globalId('Photo', key), key };
}

/** A member whom a moderator has suspended. */
export async function suspendedMember(): Promise<Member> {
  const member = await newMember();
  await suspend(member);
  return member;
}

/** As a moderator's decision leaves the profile. */
export async function suspend(member: Member): Promise<void> {
  await dynamodb.send(
    new UpdateCommand({
      TableName: tableName('users'),
      Key: { userId: member.sub },
      UpdateExpression: 'SET #status = :suspended',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':suspended': 'SUSPENDED' },
    }),
  );
}

/** Selects what subscribers may ask for: they get nothing that the mutation did not select. */
export const PUBLISH_COMMENT = `mutation ($input: PublishCommentInput!) {
  publishComment(input: $input) { id body createdAt author { id handle displayName } post { id } }
}`;

async function must(member: Member, mutation: string, variables: object): Promise<void> {
  const { data, errors } = await member.send<{ done: { userErrors: UserError[] } } | null>(mutation, variables);
  if (errors.length > 0 || data?.done.userErrors.length !== 0) throw new Error(JSON.stringify({ data, errors }));
}
