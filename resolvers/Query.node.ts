import type { QueryNodeArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { parseGlobalId } from './shared/globalId.ts';
import { visibleNode } from './shared/nodes.ts';

export function request(ctx: FieldContext<QueryNodeArgs>) {
  ctx.stash.nodes = [parseGlobalId(ctx.args.id, 'id')];
  return {};
}

export function response(ctx: FieldContext<QueryNodeArgs>) {
  return visibleNode(ctx, (ctx.stash.found ?? [])[0] ?? null);
}
