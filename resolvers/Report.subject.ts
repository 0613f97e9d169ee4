import type { NestedContext } from './shared/context.ts';
import type { ReportSource } from './shared/moderation.ts';
import { visibleNode } from './shared/nodes.ts';

type Ctx = NestedContext<ReportSource>;

export function request(ctx: Ctx) {
  ctx.stash.nodes = [ctx.source?.subjectReference ?? null];
  return {};
}

export function response(ctx: Ctx) {
  return visibleNode(ctx, (ctx.stash.found ?? [])[0] ?? null);
}
