import { runtime } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { isWorker, viewerIdOrNull } from '../shared/identity.ts';
import type { EdgeItem } from '../shared/items.ts';
import { batchGet, batchItems } from '../shared/requests.ts';

/** Two keys each, and one BatchGetItem reads 100. */
const PEOPLE_AT_ONCE = 50;

/**
 * Takes the first 50 of `stash.people` and adds those in a block with the viewer to `stash.blocked`, and those who made
 * the block to `stash.blockedBy`. A pipeline that may meet 100 people runs this step twice.
 */
export function request(ctx: StepContext) {
  const viewer = viewerIdOrNull(ctx.identity);
  const people = (ctx.stash.people ?? []).filter((person) => person !== viewer);
  ctx.stash.people = people.slice(PEOPLE_AT_ONCE);
  if (viewer === null || isWorker(ctx.identity) || people.length === 0) {
    runtime.earlyReturn(null);
  }
  const asked = people.slice(0, PEOPLE_AT_ONCE);
  const byViewer = asked.map((person) => ({ userId: viewer, edge: `BLOCK#${person}` }));
  const ofViewer = asked.map((person) => ({ userId: person, edge: `BLOCK#${viewer}` }));
  return batchGet({ [TABLE.edges]: [...byViewer, ...ofViewer] }, true);
}

export function response(ctx: StepContext) {
  const viewer = viewerIdOrNull(ctx.identity);
  const edges = batchItems<EdgeItem>(ctx, TABLE.edges);
  const makers = edges.filter((edge) => edge.userId !== viewer).map((edge) => edge.userId);
  const targets = edges.filter((edge) => edge.userId === viewer).map((edge) => edge.targetId);
  ctx.stash.blockedBy = [...(ctx.stash.blockedBy ?? []), ...makers];
  ctx.stash.blocked = [...(ctx.stash.blocked ?? []), ...makers, ...targets];
  return null;
}
