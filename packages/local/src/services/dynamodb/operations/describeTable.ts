import type { JsonObject } from '../../../json.ts';
import type { Context } from '../context.ts';
import { describeTable as describe } from '../description.ts';
import { checkParameters, TABLE_NAME } from '../parameters.ts';

export function describeTable(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, { TableName: TABLE_NAME });
  return { Table: describe(context, context.catalog.open(input.TableName as string).table) };
}
