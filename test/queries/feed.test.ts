import { describe, expect, it } from 'vitest';
import { settled } from '../support/aws.ts';
import { type Member, newMember } from '../support/member.ts';
import { block, deletePost, follow, post, posts, relate } from '../support/social.ts';
import { ulid } from '../support/ulid.ts';

const FEED = `query ($first: Int, $after: String, $last: Int, $before: String) {
  viewer {
    feed(first: $first, after: $after, last: $last, before: $before) {
      edges { cursor node { body } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`;
interface Feed {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly body: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string;
    readonly endCursor: string;
  };
}

async function readFeed(member: Member, variables: object = {}): Promise<Feed> {
  const { data, errors } = await member.send<{ viewer: { feed: Feed } }>(FEED, variables);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.viewer.feed;
}
const bodies = ({ edges }: Feed) => edges.map(({ node }) => node.body);

/** Five posts of three people in turn, 1 the oldest; the reader follows two of them and is the third. */
async function fivePosts(): Promise<Member> {
  const [reader, ann, ben] = await Promise.all([newMember(), newMember(), newMember()]);
  await Promise.all([follow(reader, ann), follow(reader, ben)]);
  const start = Date.now() - 5;
  await Promise.all(
    [ann, ben, reader, ann, ben].map((author, index) =>
      post(author, { body: String(index + 1), key: ulid(start + index) }),
    ),
  );
  await settled();
  return reader;
}

describe('the feed', () => {
  it('merges the posts of the viewer and of the people followed, newest first', async () => {
    const reader = await fivePosts();

    const feed = await readFeed(reader);

    expect(bodies(feed)).toEqual(['5', '4', '3', '2', '1']);
    expect(feed.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: feed.edges[0]?.cursor,
      endCursor: feed.edges[4]?.cursor,
    });
  });

  it('pages forward to its end', async () => {
    const reader = await fivePosts();

    const first = await readFeed(reader, { first: 2 });
    const second = await readFeed(reader, { first: 2, after: first.pageInfo.endCursor });
    const third = await readFeed(reader, { first: 2, after: second.pageInfo.endCursor });

    expect([first, second, third].map(bodies)).toEqual([['5', '4'], ['3', '2'], ['1']]);
    expect([first, second, third].map(({ pageInfo }) => pageInfo)).toMatchObject([
      { hasNextPage: true, hasPreviousPage: false },
      { hasNextPage: true, hasPreviousPage: true },
      { hasNextPage: false, hasPreviousPage: true },
    ]);
  });

  it('pages backward from its end in the same order', async () => {
    const reader = await fivePosts();

    const last = await readFeed(reader, { last: 2 });
    const middle = await readFeed(reader, { last: 2, before: last.pageInfo.startCursor });
    const first = await readFeed(reader, { last: 2, before: middle.pageInfo.startCursor });

    expect([last, middle, first].map(bodies)).toEqual([['2', '1'], ['4', '3'], ['5']]);
    expect([last, middle, first].map(({ pageInfo }) => pageInfo)).toMatchObject([
      { hasNextPage: false, hasPreviousPage: true },
      { hasNextPage: true, hasPreviousPage: true },
      { hasNextPage: true, hasPreviousPage: false },
    ]);
  });

  it('keeps a place while new posts arrive in front of it', async () => {
    const reader = await fivePosts();
    const first = await readFeed(reader, { first: 2 });
    await post(reader, { body: '6' });
    await settled();

    expect(bodies(await readFeed(reader, { first: 2, after: first.pageInfo.endCursor }))).toEqual(['3', '2']);
    expect(bodies(await readFeed(reader, { last: 2, before: first.pageInfo.startCursor }))).toEqual(['6']);
  });

  it('shows posts for followers, and nobody whom the viewer does not follow', async () => {
    const [reader, star, stranger] = await Promise.all([newMember(), newMember(), newMember()]);
    await follow(reader, star);
    await posts(star, ['secret'], { visibility: 'FOLLOWERS' });
    await posts(stranger, ['unheard']);
    await settled();

    expect(bodies(await readFeed(reader))).toEqual(['secret']);
  });

  it('loses a deleted post at once', async () => {
    const [reader, star] = await Promise.all([newMember(), newMember()]);
    await follow(reader, star);
    const [, second] = await posts(star, ['1', '2', '3']);
    await settled();
    if (second) await deletePost(star, second);

    expect(bodies(await readFeed(reader))).toEqual(['3', '1']);
    await settled();
    expect(bodies(await readFeed(reader))).toEqual(['3', '1']);
  });

  it('loses whom the viewer mutes, unfollows or blocks, at once', async () => {
    const [reader, muted, left, blocked] = await Promise.all([newMember(), newMember(), newMember(), newMember()]);
    const people = { muted, left, blocked };
    await Promise.all(Object.values(people).map((person) => follow(reader, person)));
    await Promise.all(Object.entries(people).map(([name, person]) => post(person, { body: name })));
    await settled();
    expect(bodies(await readFeed(reader)).sort()).toEqual(['blocked', 'left', 'muted']);

    await relate(reader, 'muteUser', muted);
    await relate(reader, 'unfollowUser', left);
    await block(blocked, reader);

    expect(bodies(await readFeed(reader))).toEqual([]);
    await relate(reader, 'unmuteUser', muted);
    expect(bodies(await readFeed(reader))).toEqual(['muted']);
  });
});
