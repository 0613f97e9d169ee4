import { ulid } from '../../seed/ulid.ts';
import type { Worker, Workshop } from './workshop.ts';

export const globalId = (...parts: readonly string[]): string => Buffer.from(parts.join(':')).toString('base64url');

const POST = 'mutation ($input: CreatePostInput!) { done: createPost(input: $input) { userErrors { code } } }';
const LIKE = 'mutation ($id: ID!) { done: likePost(postId: $id) { userErrors { code } } }';
const FOLLOW = 'mutation ($id: ID!) { done: followUser(userId: $id) { userErrors { code } } }';

/** The stored id. Each name makes another one. */
export async function post({ system, mutate }: Workshop, author: Worker, name: string): Promise<string> {
  const key = ulid(system.clock.now(), name);
  await mutate(author, POST, { input: { idempotencyKey: key, body: name } });
  return key;
}

export const like = ({ mutate }: Workshop, worker: Worker, postId: string): Promise<unknown> =>
  mutate(worker, LIKE, { id: globalId('Post', postId) });

export const follow = ({ mutate }: Workshop, worker: Worker, other: Worker): Promise<unknown> =>
  mutate(worker, FOLLOW, { id: globalId('User', other.sub) });
