import { commentAdded, postEngagementChanged } from '@hiroba/api/amplify';
import type { CommentAddedSubscription, PostEngagementChangedSubscription } from '@hiroba/api/operations';
import { CONNECTION_STATE_CHANGE, ConnectionState } from 'aws-amplify/api';
import { Hub } from 'aws-amplify/utils';
import { useEffect, useRef, useState } from 'react';
import { client } from '../api/api';

export type LiveComment = NonNullable<CommentAddedSubscription['commentAdded']>;
export type Engagement = NonNullable<PostEngagementChangedSubscription['postEngagementChanged']>['stats'];

interface Handlers {
  readonly onComment: (comment: LiveComment) => void;
  readonly onEngagement: (stats: Engagement) => void;
  /** The connection was away: what came in between has to be asked for. */
  readonly onGap: () => void;
}

/** What aws-amplify calls a subscription that AppSync has acknowledged, on its channel `api`. */
const ACKNOWLEDGED = 'Subscription ack';
const SUBSCRIPTIONS = 2;

/** What happens to a post while somebody looks at it. aws-amplify connects again by itself. @returns whether it is live. */
export function useLivePost(postId: string | undefined, handlers: Handlers): boolean {
  const [isLive, setLive] = useState(false);
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    if (!postId) return;
    let acknowledged = 0;
    let wasLive = false;
    const stopListening = Hub.listen('api', ({ payload: { event, data } }) => {
      if (event === ACKNOWLEDGED) {
        acknowledged += 1;
        if (acknowledged < SUBSCRIPTIONS) return;
        if (wasLive) latest.current.onGap();
        wasLive = true;
        setLive(true);
      }
      const state = (data as { readonly connectionState?: ConnectionState } | undefined)?.connectionState;
      if (event !== CONNECTION_STATE_CHANGE || state === ConnectionState.Connected) return;
      // Both are acknowledged again once it is back.
      acknowledged = 0;
      setLive(false);
    });
    // A subscription that fails leaves the page as it is, which then is not live.
    const error = () => setLive(false);
    const comments = client.graphql({ query: commentAdded, variables: { postId } }).subscribe({
      next: ({ data }) => data.commentAdded && latest.current.onComment(data.commentAdded),
      error,
    });
    const engagement = client.graphql({ query: postEngagementChanged, variables: { postId } }).subscribe({
      next: ({ data }) => data.postEngagementChanged && latest.current.onEngagement(data.postEngagementChanged.stats),
      error,
    });
    return () => {
      stopListening();
      comments.unsubscribe();
      engagement.unsubscribe();
      setLive(false);
    };
  }, [postId]);
  return isLive;
}
