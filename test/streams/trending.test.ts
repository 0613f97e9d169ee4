import { describe, expect, it } from 'vitest';
import { settled } from '../support/aws.ts';
import { graphql, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { comment, deletePost, follow, like, post, posts, type Written } from '../support/social.ts';

const TRENDING = `query ($first: Int, $after: String, $last: Int, $before: String) {
  trending(first: $first, after: $after, last: $last, before: $before) {
    edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
interface Trending {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly startCursor: string; readonly endCursor: string };
}
const page = async (variables: object): Promise<Trending> =>
  (await graphql<{ trending: Trending }>(publicCaller, TRENDING, variables)).data.trending;

/** The whole list, which other tests have their posts in, too. */
async function trendingIds(): Promise<string[]> {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const { edges, pageInfo } = await page({ first: 50, after });
    ids.push(...edges.map(({ node }) => node.id));
    if (!pageInfo.hasNextPage) return ids;
    after = pageInfo.endCursor;
  }
}

const [author, ...fans] = await Promise.all([
  newMember(),
  newMember(),
  newMember(),
  newMember(),
  newMember(),
  newMember(),
]);
const likes = (liked: Written | undefined, count: number) =>
  Promise.all(fans.slice(0, count).map((fan) => (liked ? like(fan, liked) : undefined)));

describe('trending', () => {
  it('lists the posts with most likes first, and loses a deleted one at once', async () => {
    const [first, second, third] = await posts(author, ['1', '2', '3']);
    await Promise.all([likes(first, 4), likes(second, 5), likes(third, 3)]);
    await settled();
    const own = new Set([first?.id, second?.id, third?.id]);
    const ranked = async () => (await trendingIds()).filter((id) => own.has(id));
    expect(await ranked()).toEqual([second?.id, first?.id, third?.id]);

    if (first) await deletePost(author, first);

    expect(await ranked()).toEqual([second?.id, third?.id]);
  });

  it('never lists a post for followers', async () => {
    const secret = await post(author, { visibility: 'FOLLOWERS' });
    await Promise.all(fans.map((fan) => follow(fan, author)));
    await Promise.all(fans.flatMap((fan) => [like(fan, secret), comment(fan, secret)]));
    await settled();

    expect(await trendingIds()).not.toContain(secret.id);
    const { data } = await author.send<{ trending: Trending }>(TRENDING, { first: 50 });
    expect(data.trending.edges.map(({ node }) => node.id)).not.toContain(secret.id);
  });
});
