import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { CreateCommentDocument, NotificationReceivedDocument, PostDocument } from '@hiroba/api/operations';
import { localConfig } from '@hiroba/api/local-config';
import possibleTypes from '@hiroba/api/possible-types.json' with { type: 'json' };

/** A front end on Apollo Client 4. It is only type-checked. */
export async function show(id: string): Promise<void> {
  const { endpoint, apiKey } = await localConfig();
  const client = new ApolloClient({
    link: new HttpLink({ uri: endpoint, headers: { 'x-api-key': apiKey ?? '' } }),
    cache: new InMemoryCache({ possibleTypes }),
  });
  const { data } = await client.query({ query: PostDocument, variables: { id, comments: 20 } });
  const likes: number | undefined = data?.post?.stats?.likes;
  console.log(likes);
  const made = await client.mutate({
    mutation: CreateCommentDocument,
    variables: { input: { idempotencyKey: '', postId: id, body: 'Good.' } },
  });
  console.log(made.data?.createComment.comment?.createdAt);
  client.subscribe({ query: NotificationReceivedDocument }).subscribe(({ data: event }) => {
    if (event?.notificationReceived?.__typename === 'LikeNotification')
      console.log(event.notificationReceived.actorCount);
  });
  // @ts-expect-error a post is asked for by its id
  await client.query({ query: PostDocument, variables: { comments: 20 } });
  // @ts-expect-error numbers are no texts
  const words: string | undefined = data?.post?.stats?.likes;
  console.log(words);
}
