import { util, type Identity } from '@aws-appsync/utils';
import { fail } from './errors.ts';
import { viewerId } from './identity.ts';
import type { EdgeItem } from './items.ts';
import { carriedTrace, type Traced } from './trace.ts';

/** An edge of the viewer's. Only likes and follows are found from the other side, and set something off. */
export function newEdge(ctx: { identity: Identity } & Traced, kind: EdgeItem['kind'], targetId: string): EdgeItem {
  const edge = {
    userId: viewerId(ctx.identity),
    edge: `${kind}#${targetId}`,
    kind,
    targetId,
    edgeId: util.autoUlid(),
    createdAt: util.time.nowISO8601(),
  };
  const isPublic = kind === 'LIKE' || kind === 'FOLLOW';
  return isPublic ? { ...edge, subject: `${kind}#${targetId}#0`, ...carriedTrace(ctx) } : edge;
}

/** An edge that was there already is what the request asked for. */
export function settleEdge(error: { message: string; type: string } | undefined): void {
  if (error && error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(error);
  }
}
