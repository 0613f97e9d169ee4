import { util } from '@aws-appsync/utils';
import { fail } from './errors.ts';
import type { EdgeItem } from './items.ts';

/** Only likes and follows are found from the other side. */
export function newEdge(userId: string, kind: EdgeItem['kind'], targetId: string): EdgeItem {
  const edge = {
    userId,
    edge: `${kind}#${targetId}`,
    kind,
    targetId,
    edgeId: util.autoUlid(),
    createdAt: util.time.nowISO8601(),
  };
  return kind === 'LIKE' || kind === 'FOLLOW' ? { ...edge, subject: `${kind}#${targetId}#0` } : edge;
}

/** An edge that was there already is what the request asked for. */
export function settleEdge(error: { message: string; type: string } | undefined): void {
  if (error && error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(error);
  }
}
