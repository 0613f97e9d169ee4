import { GetQueueUrlCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, test } from 'vitest';
import { isLocal, settled, storedItem, storedKeys, storedObject } from '../support/aws.ts';
import { now, travelTo } from '../support/clock.ts';
import { USER_ERRORS, type UserError } from '../support/graphql.ts';
import { type Member, newMember, signedInAgain } from '../support/member.ts';
import {
  block,
  comment,
  deletePost,
  follow,
  globalId,
  like,
  post,
  report,
  storePhoto,
  storePost,
  type Written,
} from '../support/social.ts';
import { remainsOf } from '../support/remains.ts';
import { target } from '../support/target.ts';
import { ulid } from '../support/ulid.ts';

const DAY = 24 * 60 * 60 * 1_000;
const HOT_DAYS = 90;

interface Connection {
  readonly edges: readonly { readonly node: { readonly id: string; readonly body: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const cast = { author: {} as Member, follower: {} as Member, stranger: {} as Member, moderator: {} as Member };
/** Two in each of three months, oldest first. */
const old: Written[] = [];
/** One in each. */
const photos: Written[] = [];
const written = {
  forFollowers: {} as Written,
  /** Deleted after it went to the archive and before the table forgot it. */
  deletedBetween: {} as Written,
  comment: {} as Written,
  hot: {} as Written,
};

/** Moves the clock, and signs everybody in again. */
async function travel(time: number): Promise<void> {
  await travelTo(time);
  for (const [name, member] of Object.entries(cast)) Object.assign(cast, { [name]: await signedInAgain(member) });
}

/** The first run of the archive that takes what was written at a time. */
function runAfter(time: number): number {
  const day = new Date(time);
  for (let month = day.getUTCMonth(); ; month += 1) {
    const run = Date.UTC(day.getUTCFullYear(), month, 3, 3);
    const firstHot = new Date(run - HOT_DAYS * DAY);
    if (Date.UTC(firstHot.getUTCFullYear(), firstHot.getUTCMonth()) > time) return run;
  }
}

async function read(reader: Member, { id }: Written) {
  const { data, errors } = await reader.send<{ post: { body: string } | null }>(
    'query ($id: ID!) { post(id: $id) { body createdAt visibility hashtags { name } author { handle } stats { likes comments } viewerHasLiked } }',
    { id },
  );
  expect(errors).toEqual([]);
  return data.post;
}

async function pageOf(reader: Member, variables: object): Promise<Connection> {
  const { data, errors } = await reader.send<{ user: { posts: Connection } }>(
    `query ($handle: String!, $first: Int, $after: String, $last: Int, $before: String) { user(handle: $handle) {
      posts(first: $first, after: $after, last: $last, before: $before) {
        edges { node { id body } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      } } }`,
    { handle: cast.author.handle, ...variables },
  );
  expect(errors).toEqual([]);
  return data.user.posts;
}

const bodies = ({ edges }: Connection) => edges.map(({ node }) => node.body);

async function postCount(): Promise<number> {
  const { data } = await cast.follower.send<{ user: { stats: { posts: number } } }>(
    'query ($handle: String!) { user(handle: $handle) { stats { posts } } }',
    { handle: cast.author.handle },
  );
  return data.user.stats.posts;
}

/** The author's rows of every file of the warehouse, by id. */
async function rows(): Promise<{ readonly day: string; readonly post_id: string; readonly body: string }[]> {
  const found = [];
  for (const key of await storedKeys('warehouse', 'posts/')) {
    const [, day = ''] = /^posts\/day=(\d{4}-\d\d-\d\d)\/[\w-]+\.parquet$/.exec(key) ?? [];
    const bytes = await storedObject('warehouse', key);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const all = (await parquetReadObjects({ file })) as { post_id: string; author_id: string; body: string }[];
    found.push(...all.filter((row) => row.author_id === cast.author.sub).map((row) => ({ day, ...row })));
  }
  return found.sort((a, b) => (a.post_id < b.post_id ? -1 : 1));
}

/** What the bundles of the author have, oldest first. */
async function bundled(): Promise<string[]> {
  const found: string[] = [];
  for (const key of await storedKeys('archive', `${cast.author.sub}/`)) {
    const { posts } = JSON.parse(new TextDecoder().decode(await storedObject('archive', key))) as {
      posts: { body: string }[];
    };
    found.push(...posts.map(({ body }) => body));
  }
  return found;
}

/** As the clock does once a month, twice at once. */
async function runTwice(): Promise<void> {
  const { region, awsEndpoint: endpoint, accessKeyId, secretAccessKey } = target;
  const sqs = new SQSClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'hiroba-dev-archive' }));
  const MessageBody = JSON.stringify({ kind: 'start' });
  await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'one', MessageBody },
        { Id: 'two', MessageBody },
      ],
    }),
  );
  await settled();
}

const ALL = [
  'Month 1, one #kept',
  'Month 1, two #kept',
  'Month 2, one #kept',
  'Month 2, two #kept',
  'Month 3, one #kept',
  'Month 3, two #kept',
  'For followers',
];

describe.skipIf(!isLocal)('posts that are older than the window', () => {
  beforeAll(async () => {
    cast.author = await newMember();
    cast.follower = await newMember();
    cast.stranger = await newMember();
    cast.moderator = await newMember({ groups: ['moderators'] });
    await follow(cast.follower, cast.author);
    const write = async (body: string, visibility: 'PUBLIC' | 'FOLLOWERS' = 'PUBLIC') =>
      post(cast.author, { body, visibility, key: ulid(await now()) });

    // Each night that the clock goes through takes a while: what came before is stored as it would be by now.
    for (const month of [1, 2, 3]) {
      for (const [second, which] of ['one', 'two'].entries()) {
        const time = (await now()) - (4 - month) * 31 * DAY + second * 1_000;
        const key = ulid(time);
        photos.push(await storePhoto(cast.author, { postId: key }));
        const photoIds = [photos.at(-1)?.key ?? ''];
        const body = `Month ${month}, ${which} #kept`;
        old.push(await storePost(cast.author, { body, hashtags: ['kept'], time, key, photoIds }));
      }
    }
    await settled();
    written.comment = await comment(cast.stranger, old[0] as Written, 'Nice', ulid(await now()));
    await like(cast.follower, old[0] as Written);
    written.forFollowers = await write('For followers', 'FOLLOWERS');
    written.deletedBetween = await write('Deleted between');
    const last = await now();
    // Later than other nightly work, whose tests wait for its next night.
    await travel(runAfter(last) + DAY / 12);
    written.hot = await write('Now');
    await deletePost(cast.author, written.deletedBetween);
    await travel((await now()) + 2 * DAY);
  }, 180_000);

  test('have left the table, are still counted, and are each in one bundle and one row', async () => {
    for (const { key } of [...old, written.forFollowers]) {
      expect(await storedItem('posts', { postId: key, item: 'POST' })).toBeUndefined();
    }
    expect(await postCount()).toBe(8);
    expect(await bundled()).toEqual(ALL);
    expect((await rows()).map(({ body }) => body)).toEqual(ALL);
    for (const { day, post_id } of await rows()) {
      const time = parseInt(post_id.slice(0, 10).replace(/./g, toBase32), 32);
      expect(day).toBe(new Date(time).toISOString().slice(0, 10));
    }
  });

  test('are not archived again, however often the archive runs', async () => {
    const before = await Promise.all([bundled(), rows(), storedKeys('warehouse')]);
    await runTwice();
    expect(await Promise.all([bundled(), rows(), storedKeys('warehouse')])).toEqual(before);
  });

  test('can be read as before, with what was written about them', async () => {
    expect(await read(cast.follower, old[0] as Written)).toMatchObject({
      body: 'Month 1, one #kept',
      visibility: 'PUBLIC',
      hashtags: [{ name: 'kept' }],
      author: { handle: cast.author.handle },
      stats: { likes: 1, comments: 1 },
      viewerHasLiked: true,
    });
    const node = await cast.stranger.send(
      `query ($id: ID!, $ids: [ID!]!) { node(id: $id) { ... on Post { body } }
        nodes(ids: $ids) { ... on Post { body } ... on Comment { body post { body } } } }`,
      { id: old[1]?.id, ids: [old[0]?.id, written.comment.id, old[2]?.id, written.hot.id, old[4]?.id] },
    );
    expect(node.errors).toEqual([]);
    expect(node.data).toEqual({
      node: { body: 'Month 1, two #kept' },
      nodes: [
        { body: 'Month 1, one #kept' },
        { body: 'Nice', post: { body: 'Month 1, one #kept' } },
        { body: 'Month 2, one #kept' },
        { body: 'Now' },
        { body: 'Month 3, one #kept' },
      ],
    });
  });

  test.each([[1], [2], [3], [5], [20]])(
    'are in the list of their author, in pages of %i, forward and backward',
    async (size) => {
      const expected = ['Now', ...[...ALL].reverse()];

      const forward: string[] = [];
      let after: string | null = null;
      do {
        const page: Connection = await pageOf(cast.follower, { first: size, after });
        expect(page.edges.length).toBeLessThanOrEqual(size);
        forward.push(...bodies(page));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(forward).toEqual(expected);

      const backward: string[] = [];
      let before: string | null = null;
      do {
        const page: Connection = await pageOf(cast.follower, { last: size, before });
        expect(page.edges.length).toBeLessThanOrEqual(size);
        backward.unshift(...bodies(page));
        before = page.pageInfo.hasPreviousPage ? page.pageInfo.startCursor : null;
      } while (before !== null);
      expect(backward).toEqual(expected);
    },
  );

  test('stay hidden from whom they were hidden', async () => {
    expect(await read(cast.follower, written.forFollowers)).toMatchObject({ body: 'For followers' });
    expect(await read(cast.stranger, written.forFollowers)).toBeNull();
    // A page reads three months at most, the empty-looking one of the followers' post among them.
    const first = await pageOf(cast.stranger, { first: 20 });
    expect(bodies(first)).toEqual(['Now', ...ALL.slice(2, 6).reverse()]);
    expect(bodies(await pageOf(cast.stranger, { first: 20, after: first.pageInfo.endCursor }))).toEqual(
      ALL.slice(0, 2).reverse(),
    );

    await block(cast.author, cast.stranger);
    expect(await read(cast.stranger, old[0] as Written)).toBeNull();
  });

  test('can no longer be liked or commented on', async () => {
    const message = 'This post is in the archive: it can be read and deleted, but no longer liked or commented on.';
    const liked = await cast.follower.send<{ likePost: { userErrors: UserError[] } }>(
      `mutation ($id: ID!) { likePost(postId: $id) { ${USER_ERRORS} } }`,
      { id: old[2]?.id },
    );
    expect(liked.data.likePost.userErrors).toEqual([{ code: 'ARCHIVED', message, field: ['postId'] }]);

    const commented = await cast.follower.send<{ createComment: { userErrors: UserError[] } }>(
      `mutation ($input: CreateCommentInput!) { createComment(input: $input) { ${USER_ERRORS} } }`,
      { input: { idempotencyKey: ulid(await now()), postId: old[2]?.id, body: 'Late' } },
    );
    expect(commented.data.createComment.userErrors).toEqual([
      { code: 'ARCHIVED', message, field: ['input', 'postId'] },
    ]);
  });

  test('are gone for readers at once when their author deletes them, and soon from the archive and the warehouse', async () => {
    const deleted = old[1] as Written;
    const erase = (member: Member) =>
      member.send<{ deletePost: { userErrors: UserError[] } }>(
        `mutation ($id: ID!) { deletePost(id: $id) { ${USER_ERRORS} } }`,
        { id: deleted.id },
      );

    const { data } = await erase(cast.follower);
    expect(data.deletePost.userErrors).toEqual([
      { code: 'NOT_OWNER', message: 'Somebody else wrote this post.', field: ['id'] },
    ]);
    expect((await erase(cast.author)).data.deletePost.userErrors).toEqual([]);
    expect(await read(cast.author, deleted)).toBeNull();
    expect(bodies(await pageOf(cast.author, { first: 20 }))).not.toContain('Month 1, two #kept');
    expect((await erase(cast.author)).data.deletePost.userErrors).toEqual([
      { code: 'NOT_FOUND', message: 'There is no such post.', field: ['id'] },
    ]);

    await settled();
    expect(await bundled()).not.toContain('Month 1, two #kept');
    expect((await rows()).map(({ body }) => body)).not.toContain('Month 1, two #kept');
    expect(await storedItem('media', { photoId: photos[1]?.key })).toMatchObject({
      removedAt: expect.any(String) as string,
    });
    expect(await postCount()).toBe(7);
  });

  test('can be removed by a moderator', async () => {
    const removed = old[3] as Written;
    const reported = await report(cast.follower, removed.id, ulid(await now()));
    const { data } = await cast.moderator.send(
      `mutation ($id: ID!) { decideModeration(caseId: $id, decision: REMOVE_SUBJECT) {
        case { subject { ... on Post { body } } } ${USER_ERRORS} } }`,
      { id: globalId('ModerationCase', reported.key) },
    );
    expect(data).toMatchObject({ decideModeration: { userErrors: [] } });
    expect(await read(cast.author, removed)).toBeNull();

    await settled();
    expect(await bundled()).not.toContain('Month 2, two #kept');
    expect((await rows()).map(({ body }) => body)).not.toContain('Month 2, two #kept');
    expect(await postCount()).toBe(6);
  });

  test('are erased with the account of their author', async () => {
    const { data } = await cast.author.send<{ deleteAccount: { userErrors: UserError[] } }>(
      `mutation ($handle: String!) { deleteAccount(confirmHandle: $handle) { ${USER_ERRORS} } }`,
      { handle: cast.author.handle },
    );
    expect(data.deleteAccount.userErrors).toEqual([]);
    // Notes of posts that were deleted before are tombstones for a week.
    await travelTo((await now()) + 8 * DAY);
    await settled();
    cast.follower = await signedInAgain(cast.follower);

    expect(await read(cast.follower, old[0] as Written)).toBeNull();
    expect(await rows()).toEqual([]);
    // The profile and the job say that the account is deleted.
    expect(Object.keys(await remainsOf([cast.author.sub])).sort()).toEqual(['ops', 'users']);
  });
});

/** From the digits of a ULID to those of `parseInt`. */
function toBase32(digit: string): string {
  return '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit).toString(32);
}
