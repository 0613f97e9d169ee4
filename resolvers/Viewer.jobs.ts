import type { ViewerJobsArgs } from './generated/schema.ts';
import { entriesOf, pageInfoOf } from './shared/connection.ts';
import type { NestedContext } from './shared/context.ts';
import { toJob, type JobSource } from './shared/job.ts';
import { encodeCursor, readPage } from './shared/page.ts';
import { isAlive } from './shared/post.ts';

type Ctx = NestedContext<Record<string, unknown>, ViewerJobsArgs>;

export function request(ctx: Ctx) {
  ctx.stash.page = readPage(ctx.args);
  return {};
}

export function response(ctx: Ctx) {
  const jobs = ctx.stash.jobs ?? [];
  const edges: { cursor: string; node: JobSource }[] = [];
  for (const entry of entriesOf(ctx.stash)) {
    const item = jobs.find((candidate) => candidate.operationId === entry.id);
    if (item && isAlive(item)) {
      edges.push({ cursor: encodeCursor(entry.sortKey), node: toJob(item) });
    }
  }
  return { edges, pageInfo: pageInfoOf(ctx.stash) };
}
