import type { Ask, Requests } from '../request.ts';
import type { Subscribe } from '../subscriptionOutcome.ts';
import { comments } from './comments.ts';
import { jobs } from './jobs.ts';
import { moderation } from './moderation.ts';
import { notifications } from './notifications.ts';
import { operations } from './operations.ts';
import { photos } from './photos.ts';
import { posts } from './posts.ts';
import { publications } from './publications.ts';
import { subscriptions } from './subscriptions.ts';
import { types } from './types.ts';
import { users } from './users.ts';
import { viewer } from './viewer.ts';

const all: readonly Requests[] = [
  comments,
  jobs,
  moderation,
  notifications,
  operations,
  photos,
  posts,
  publications,
  types,
  users,
  viewer,
];

/** How a row is asked. Throws for a row that nobody has said that of. */
export function requestOf(field: string, of: string): { readonly ask: Ask } | { readonly subscribe: Subscribe } {
  const subscribe = subscriptions[field]?.[of];
  if (subscribe) return { subscribe };
  const ask = all.map((requests) => requests[field]?.[of]).find((found) => found !== undefined);
  if (!ask) throw new Error(`test/authorization/requests does not say how to ask for ${field} of ${of}`);
  return { ask };
}

/** `Post.likers of a PUBLIC post`, of each that can be asked. */
export const askable: readonly string[] = [...all, subscriptions].flatMap((requests) =>
  Object.entries(requests).flatMap(([field, byCase]) => Object.keys(byCase).map((of) => `${field} of ${of}`)),
);
