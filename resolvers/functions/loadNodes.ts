import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { findNodes, nodeKeys, peopleIn } from '../shared/nodes.ts';
import { refused } from '../shared/refusals.ts';
import { batchGet, batchItems } from '../shared/requests.ts';

/**
 * Reads whatever `stash.nodes` refers to, from six tables in one BatchGetItem: 50 references are at most 100 keys.
 * Writes `stash.found`, and whom to ask about as `stash.people` and `stash.follows`.
 */
export function request(ctx: StepContext) {
  const nodes = ctx.stash.nodes ?? [];
  const keys = nodeKeys(nodes);
  ctx.stash.found = findNodes(nodes, {});
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  if (Object.values(keys).every((list) => list.length === 0)) {
    runtime.earlyReturn(null);
  }
  return batchGet(keys, true);
}

export function response(ctx: StepContext) {
  const tables = [TABLE.users, TABLE.posts, TABLE.comments, TABLE.media, TABLE.notifications, TABLE.ops];
  const data: Record<string, Record<string, unknown>[]> = {};
  for (const table of tables) {
    data[table] = batchItems<Record<string, unknown>>(ctx, table);
  }
  const found = findNodes(ctx.stash.nodes ?? [], data);
  const { people, follows } = peopleIn(found);
  ctx.stash.found = found;
  ctx.stash.people = people;
  ctx.stash.follows = follows;
  return null;
}
