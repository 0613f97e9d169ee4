import { generateClient } from 'aws-amplify/api';
import { commentAdded, createPost, feed } from '@hiroba/api/amplify';
import type { ErrorCode } from '@hiroba/api/types';

/** A front end on aws-amplify v6. It is only type-checked. */
const client = generateClient();

export async function showFeed(): Promise<string[]> {
  const { data } = await client.graphql({ query: feed, variables: { first: 20 } });
  return (data.viewer?.feed?.edges ?? []).map(({ node }) => `${node.author?.handle ?? '?'}: ${node.body}`);
}

export async function post(body: string): Promise<ErrorCode | undefined> {
  const { data } = await client.graphql({
    query: createPost,
    variables: { input: { idempotencyKey: '01J0000000000000000000000', body, visibility: 'PUBLIC' } },
  });
  return data.createPost.userErrors[0]?.code;
}

export function comments(postId: string): { unsubscribe(): void } {
  return client
    .graphql({ query: commentAdded, variables: { postId } })
    .subscribe({ next: ({ data }) => console.log(data.commentAdded?.body) });
}

export async function wrong(): Promise<void> {
  const input = { idempotencyKey: '', body: '', visibility: 'SECRET' } as const;
  // @ts-expect-error there is no such visibility
  await client.graphql({ query: createPost, variables: { input } });
  const { data } = await client.graphql({ query: feed, variables: {} });
  // @ts-expect-error the operation does not ask for it
  console.log(data.viewer?.feed?.edges[0]?.node.likers);
}
