import { Client, fetchExchange } from '@urql/core';
import { LikePostDocument, TrendingDocument } from '@hiroba/api/operations';

/** A front end on urql. It is only type-checked. */
const client = new Client({ url: 'http://localhost:4000/graphql', exchanges: [fetchExchange], preferGetMethod: false });

export async function trending(): Promise<string[]> {
  const { data } = await client.query(TrendingDocument, { first: 20 });
  return (data?.trending?.edges ?? []).map(({ node }) => node.body);
}

export async function like(postId: string): Promise<boolean> {
  const { data } = await client.mutation(LikePostDocument, { postId });
  return data?.likePost.userErrors.length === 0;
}

export async function wrong(): Promise<void> {
  // @ts-expect-error a like is of a post
  await client.mutation(LikePostDocument, { userId: '1' });
}
