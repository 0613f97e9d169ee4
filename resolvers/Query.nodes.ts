import type { QueryNodesArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { invalidArgument } from './shared/errors.ts';
import { parseGlobalId } from './shared/globalId.ts';
import { MAX_NODES } from './shared/limits.ts';
import { visibleNode } from './shared/nodes.ts';

export function request(ctx: FieldContext<QueryNodesArgs>) {
  const { ids } = ctx.args;
  if (ids.length < 1 || ids.length > MAX_NODES) {
    invalidArgument(`ids: ${ids.length} is not within 1-${MAX_NODES}`);
  }
  ctx.stash.nodes = ids.map((id) => parseGlobalId(id, 'ids'));
  return {};
}

export function response(ctx: FieldContext<QueryNodesArgs>) {
  return (ctx.stash.found ?? []).map((node) => visibleNode(ctx, node));
}
