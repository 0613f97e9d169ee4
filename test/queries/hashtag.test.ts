import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { settled, storedPartition } from '../support/aws.ts';
import { graphql, invalidArgument, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { block, deletePost, globalId, post, posts } from '../support/social.ts';

const HASHTAG = `query ($name: String!, $first: Int, $after: String) {
  hashtag(name: $name) {
    id name posts(first: $first, after: $after) { edges { node { body } } pageInfo { hasNextPage endCursor } }
  }
}`;
interface Found {
  readonly hashtag: {
    readonly posts: {
      readonly edges: readonly { readonly node: { readonly body: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  };
}
const unusedTag = () => `猫${randomBytes(6).toString('hex')}`;
const bodies = ({ data }: { data: Found }) => data.hashtag.posts.edges.map(({ node }) => node.body);

describe('a hashtag', () => {
  it('exists under every valid name, used or not, in any spelling', async () => {
    const tag = unusedTag();

    const answers = await Promise.all(
      [tag, `#${tag}`, `＃${tag.toUpperCase()}`].map((name) => graphql(publicCaller, HASHTAG, { name })),
    );

    for (const { data, errors } of answers) {
      expect(errors).toEqual([]);
      expect(data).toMatchObject({ hashtag: { id: globalId('Hashtag', tag), name: tag, posts: { edges: [] } } });
    }
  });

  it.each(['', '#', 'a b', 'a-b', 'あ'.repeat(51)])('is refused under %j', async (name) => {
    const { data, errors } = await graphql(publicCaller, HASHTAG, { name });

    expect(data).toEqual({ hashtag: null });
    const message = 'name: 1-50 letters, digits or underscores of any script';
    expect(errors).toMatchObject([invalidArgument(['hashtag'], message)]);
  });

  it('gathers public posts, newest first, page by page', async () => {
    const [author, tag] = [await newMember(), unusedTag()];
    await posts(
      author,
      ['first', 'second', 'third'].map((text) => `${text} #${tag}`),
    );
    await post(author, { body: `secret #${tag}`, visibility: 'FOLLOWERS' });
    await post(author, { body: `unrelated ${tag}` });
    await settled();

    const first = await graphql<Found>(publicCaller, HASHTAG, { name: tag, first: 2 });
    const after = first.data.hashtag.posts.pageInfo.endCursor;
    const second = await graphql<Found>(publicCaller, HASHTAG, { name: tag, first: 2, after });

    expect(bodies(first)).toEqual([`third #${tag}`, `second #${tag}`]);
    expect(first.data.hashtag.posts.pageInfo.hasNextPage).toBe(true);
    expect(bodies(second)).toEqual([`first #${tag}`]);
    expect(second.data.hashtag.posts.pageInfo.hasNextPage).toBe(false);
  });

  it('loses a post that is deleted, and the item that led to it', async () => {
    const [author, tag] = [await newMember(), unusedTag()];
    const made = await post(author, { body: `first #${tag}` });
    await settled();
    const tagged = await storedPartition('posts', 'postId', made.key);
    expect(tagged.map(({ item }) => item)).toContain(`TAG#${tag}`);

    await deletePost(author, made);

    expect(bodies(await graphql<Found>(publicCaller, HASHTAG, { name: tag }))).toEqual([]);
    await settled();
    const left = await storedPartition('posts', 'postId', made.key);
    expect(left.map(({ item }) => item)).not.toContain(`TAG#${tag}`);
  });

  it('leaves out posts of those in a block with the viewer', async () => {
    const [author, blocked, tag] = [await newMember(), await newMember(), unusedTag()];
    await post(author, { body: `first #${tag}` });
    await block(author, blocked);
    await settled();

    expect(bodies(await blocked.send<Found>(HASHTAG, { name: tag }))).toEqual([]);
    expect(bodies(await author.send<Found>(HASHTAG, { name: tag }))).toEqual([`first #${tag}`]);
  });
});
