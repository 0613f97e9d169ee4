import { invalidParameter } from '../errors.ts';
import type { JsonObject } from '../../../json.ts';
import type { Context } from '../context.ts';
import { describeTable } from '../description.ts';
import { checkParameters, TABLE_NAME } from '../parameters.ts';
import { dropTable } from '../tables.ts';

/** The table is gone at once, where AWS takes a while. */
export function deleteTable(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, { TableName: TABLE_NAME });
  const { table } = context.catalog.open(input.TableName as string);
  if (table.deletionProtection) {
    throw invalidParameter(
      `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. Table: ${table.name}`,
    );
  }
  const description = { ...describeTable(context, table), TableStatus: 'DELETING' };
  dropTable(context, table);
  return { TableDescription: description };
}
