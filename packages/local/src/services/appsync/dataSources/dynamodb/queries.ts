import { AwsError } from '../../../../aws/error.ts';
import type { JsonObject } from '../../../../json.ts';
import { chain, type MaybePromise } from '../../execution/chain.ts';
import { MappingTemplateError, type DataSourceAnswer } from '../dataSource.ts';
import {
  booleanAt,
  integerAt,
  objectAt,
  optional,
  requestObject,
  stringAt,
  type RequestObject,
} from '../requestObject.ts';
import { parseCondition } from './condition.ts';
import { placeholders, readExpression, type Expression } from './expressions.ts';
import type { Operation, OperationContext } from './operation.ts';
import { readProjection } from './projection.ts';
import { toPlainItem } from './typedValues.ts';
import { isNullish } from '../../nullish.ts';

const COMMON = ['index', 'nextToken', 'limit', 'consistentRead', 'select', 'filter', 'projection'];
const SELECTS: ReadonlySet<string> = new Set(['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES', 'SPECIFIC_ATTRIBUTES']);

export const query: Operation = (context) => {
  const request = requestObject(context.call.request, ['query', 'scanIndexForward', ...COMMON]);
  const keyCondition = readExpression(request.query, '$[query]');
  const scanIndexForward = optional(request.scanIndexForward, '$[scanIndexForward]', booleanAt);
  const own = {
    KeyConditionExpression: keyCondition.expression,
    ScanIndexForward: scanIndexForward ?? true,
  };
  return page(context, 'Query', { request, own, keyCondition });
};

export const scan: Operation = (context) => {
  const request = requestObject(context.call.request, ['segment', 'totalSegments', ...COMMON]);
  const segment = optional(request.segment, '$[segment]', integerAt);
  const totalSegments = optional(request.totalSegments, '$[totalSegments]', integerAt);
  const own = {
    ...(segment !== undefined && { Segment: segment }),
    ...(totalSegments !== undefined && { TotalSegments: totalSegments }),
  };
  return page(context, 'Scan', { request, own });
};

interface PageRequest {
  readonly request: RequestObject;
  /** Members of the input that only this operation has. */
  readonly own: JsonObject;
  readonly keyCondition?: Expression;
}

function page(
  context: OperationContext,
  operation: 'Query' | 'Scan',
  { request, own, keyCondition }: PageRequest,
): MaybePromise<DataSourceAnswer> {
  const { call, table, tokens } = context;
  const filter = optional(request.filter, '$[filter]', readFilter);
  const projection = optional(request.projection, '$[projection]', readProjection);
  const select = optional(request.select, '$[select]', readSelect);
  if (projection !== undefined && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    throw new MappingTemplateError(`A projection needs the select SPECIFIC_ATTRIBUTES, not ${select}.`);
  }
  const index = optional(request.index, '$[index]', stringAt);
  const limit = optional(request.limit, '$[limit]', integerAt);
  const nextToken = optional(request.nextToken, '$[nextToken]', stringAt);
  const input: JsonObject = {
    TableName: table.tableName,
    ...own,
    ConsistentRead: optional(request.consistentRead, '$[consistentRead]', booleanAt) ?? false,
    ...(index !== undefined && { IndexName: index }),
    ...(limit !== undefined && { Limit: limit }),
    ...(select !== undefined && { Select: select }),
    ...(filter !== undefined && { FilterExpression: filter.expression }),
    ...(projection !== undefined && { ProjectionExpression: projection.expression }),
    ...(nextToken !== undefined && { ExclusiveStartKey: openToken(context, nextToken) }),
    ...placeholders(keyCondition, filter, projection),
  };
  return chain(table.send(call, operation, input), ({ Items, ScannedCount, LastEvaluatedKey }) => ({
    result: {
      items: Array.isArray(Items) ? Items.map(toPlainItem) : [],
      nextToken: isNullish(LastEvaluatedKey) ? null : tokens.seal(call.address, LastEvaluatedKey as JsonObject),
      scannedCount: ScannedCount ?? 0,
    },
  }));
}

/** Like a condition, a filter may be the string that `util.transform.toDynamoDBFilterExpression` returns. */
function readFilter(value: unknown, path: string): Expression | undefined {
  const filter = typeof value === 'string' ? parseCondition(value, path) : value;
  return Object.keys(objectAt(filter, path)).length === 0 ? undefined : readExpression(filter, path);
}

function readSelect(value: unknown, path: string): string {
  const select = stringAt(value, path);
  if (!SELECTS.has(select)) throw new MappingTemplateError(`Unsupported value '${select}' for '${path}'.`);
  return select;
}

function openToken({ call, tokens }: OperationContext, token: string): JsonObject {
  const key = tokens.open(call.address, token);
  if (key !== undefined) return key;
  const text =
    'com.amazonaws.deepdish.common.pagination.InvalidPaginationTokenException: Invalid pagination token given.';
  throw new AwsError('DynamoDB:UserIllegalArgumentException', text);
}
