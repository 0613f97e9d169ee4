import type { JsonObject } from '../../../json.ts';
import { readItem } from '../attributeValue.ts';
import { capacityDetail, describeUsage, readUnits } from '../capacity.ts';
import type { Context } from '../context.ts';
import { readExpressions } from '../expressions/index.ts';
import { checkNoPathIntoKeys, readKey } from '../keys.ts';
import type { Item } from '../model.ts';
import { CAPACITY, checkParameters, FLAG, MAP, REQUIRED_MAP, TABLE_NAME, TEXT } from '../parameters.ts';

const PARAMETERS = {
  TableName: TABLE_NAME,
  Key: REQUIRED_MAP,
  ConsistentRead: FLAG,
  ProjectionExpression: TEXT,
  ExpressionAttributeNames: MAP,
  ...CAPACITY,
};

export function getItem(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  const key = readItem(input.Key as JsonObject);
  const { projection } = readExpressions(input, ['ProjectionExpression']);
  const { table, store } = context.catalog.open(input.TableName as string);
  const bytes = readKey(table, key);
  if (projection) checkNoPathIntoKeys(table, projection.paths);
  const detail = capacityDetail(input);
  if (!projection && !detail) {
    const text = store.getText(bytes);
    return text === null ? {} : { Item: JSON.parse(text) as Item };
  }
  const stored = store.get(bytes);
  const answer: JsonObject = {};
  if (stored) answer.Item = projection ? projection.project(stored.item) : stored.item;
  if (detail) {
    const units = readUnits(stored?.size ?? 0, { consistent: input.ConsistentRead === true });
    answer.ConsumedCapacity = describeUsage(table.name, { table: units, indexes: {} }, { detail });
  }
  return answer;
}
