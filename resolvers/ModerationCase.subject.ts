import type { NestedContext } from './shared/context.ts';
import type { CaseSource } from './shared/moderation.ts';
import { existingNode } from './shared/nodes.ts';

type Ctx = NestedContext<CaseSource>;

export function request(ctx: Ctx) {
  ctx.stash.nodes = [ctx.source?.subjectReference ?? null];
  return {};
}

/** Moderators must see what they judge, so visibility is not asked for. */
export function response(ctx: Ctx) {
  return existingNode((ctx.stash.found ?? [])[0] ?? null);
}
