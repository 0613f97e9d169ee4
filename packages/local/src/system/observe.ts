import { AwsError } from '../aws/error.ts';
import type { JsonObject } from '../json.ts';
import type { DynamoDb, Partition } from '../services/dynamodb/index.ts';
import { executeMetered, METERED } from '../services/dynamodb/metered.ts';
import type { Lambda } from '../services/lambda/index.ts';

/** A call that AWS would meter, as it happens: what something costs can be counted instead of guessed. */
export type ObservedCall =
  | {
      readonly service: 'dynamodb';
      readonly operation: string;
      /** The field, as `Post.author`, whose resolver asked; null: a function or an SDK. */
      readonly field: string | null;
      /** The keys that it asked for. */
      readonly partitions: readonly Partition[];
      /** One `ConsumedCapacity` per table, with indexes. Empty for operations that use none, and for failed ones. */
      readonly consumed: readonly JsonObject[];
      /** The error's code. A failed condition has used units all the same, and DynamoDB does not say how many. */
      readonly failed?: string;
    }
  | { readonly service: 'lambda'; readonly functionName: string; readonly payloadBytes: number }
  /** One run of a field's resolver, all its functions included. */
  | { readonly service: 'appsync'; readonly field: string };

export type OnCall = (call: ObservedCall) => void;

/** DynamoDB that tells of each call. Callers get what they asked for: capacity only when they wanted it. */
export function observeDynamoDb(dynamodb: DynamoDb, onCall: OnCall): DynamoDb {
  function execute(operation: string, input: JsonObject, field: string | null = null): JsonObject {
    if (!METERED.has(operation)) return dynamodb.execute(operation, input);
    const partitions = dynamodb.partitions(operation, input);
    try {
      const { answer, consumed } = executeMetered(dynamodb, { operation, input });
      onCall({ service: 'dynamodb', operation, field, partitions, consumed });
      return answer;
    } catch (error) {
      if (error instanceof AwsError)
        onCall({ service: 'dynamodb', operation, field, partitions, consumed: [], failed: error.code });
      throw error;
    }
  }
  return { ...dynamodb, execute, call: (operation, input) => execute(operation, input) };
}

/** Lambda that tells of each invocation, by event source, API or SDK. */
export function observeLambda(lambda: Lambda, onCall: OnCall): Lambda {
  return {
    ...lambda,
    invoke(arnOrName, payload, type, traceId) {
      const functionName = /:function:([^:]+)/.exec(arnOrName)?.[1] ?? arnOrName;
      onCall({ service: 'lambda', functionName, payloadBytes: Buffer.byteLength(payload) });
      return lambda.invoke(arnOrName, payload, type, traceId);
    },
  };
}
