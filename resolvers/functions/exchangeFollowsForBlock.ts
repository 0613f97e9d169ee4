import { runtime, util, type DynamoDBTransactWriteItemsRequest } from '@aws-appsync/utils';
import type { StepContext } from '../shared/context.ts';
import { newEdge } from '../shared/edges.ts';
import { fail } from '../shared/errors.ts';
import { viewerId } from '../shared/identity.ts';
import { refused } from '../shared/refusals.ts';
import { expressionOf } from '../shared/requests.ts';

/** Blocks `stash.userId` and ends the follows in both directions, all or nothing. A repeat keeps the first block's time. */
export function request(ctx: StepContext): DynamoDBTransactWriteItemsRequest {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const viewer = viewerId(ctx.identity);
  const target = ctx.stash.userId as string;
  const block = newEdge(ctx, 'BLOCK', target);
  return {
    operation: 'TransactWriteItems',
    transactItems: [
      {
        table: TABLE.edges,
        operation: 'UpdateItem',
        key: util.dynamodb.toMapValues({ userId: viewer, edge: block.edge }),
        update: expressionOf({
          expression:
            'SET #kind = :kind, #targetId = :targetId, #edgeId = if_not_exists(#edgeId, :edgeId), ' +
            '#createdAt = if_not_exists(#createdAt, :createdAt)',
          names: { '#kind': 'kind', '#targetId': 'targetId', '#edgeId': 'edgeId', '#createdAt': 'createdAt' },
          values: {
            ':kind': block.kind,
            ':targetId': target,
            ':edgeId': block.edgeId,
            ':createdAt': block.createdAt,
          },
        }),
      },
      {
        table: TABLE.edges,
        operation: 'DeleteItem',
        key: util.dynamodb.toMapValues({ userId: viewer, edge: `FOLLOW#${target}` }),
      },
      {
        table: TABLE.edges,
        operation: 'DeleteItem',
        key: util.dynamodb.toMapValues({ userId: target, edge: `FOLLOW#${viewer}` }),
      },
    ],
  };
}

export function response(ctx: StepContext) {
  if (ctx.error) {
    fail(ctx.error);
  }
  return null;
}
