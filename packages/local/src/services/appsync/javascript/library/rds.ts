/** `@aws-appsync/utils/rds` and `/ai`: importable, and refused when used; `toJsonObject` alone needs no data source. */
import { isObject } from './typedValues.ts';

const { keys } = Object;
const { isArray } = Array;
const { parse } = JSON;
const NotEmulated = Error;

type Refusing = () => never;

function refusing(moduleName: string, names: string): Record<string, Refusing> {
  const functions: Record<string, Refusing> = {};
  for (const name of names.split(' ')) {
    functions[name] = () => {
      throw new NotEmulated(`${name} of ${moduleName} is not emulated by @hiroba/local`);
    };
  }
  return functions;
}

const RDS = '@aws-appsync/utils/rds';

/**
 * Rows per statement, keyed by column label; `null` for what is no result of an RDS data source.
 * A statement without rows gives one empty row, as recorded from AWS.
 */
export function toJsonObject(data: unknown): unknown {
  const result = typeof data === 'string' ? parseText(data) : data;
  const statements = isObject(result) ? result.sqlStatementResults : undefined;
  if (!isArray(statements)) return null;
  const rows: unknown[] = [];
  for (const statement of statements as unknown[]) rows.push(statementRows(statement));
  return rows;
}

function parseText(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

function statementRows(statement: unknown): unknown[] {
  if (!isObject(statement) || !isArray(statement.records)) return [{}];
  const columns: readonly unknown[] = isArray(statement.columnMetadata) ? statement.columnMetadata : [];
  const rows: unknown[] = [];
  for (const record of statement.records as unknown[]) {
    const row: Record<string, unknown> = {};
    let index = 0;
    for (const field of isArray(record) ? (record as unknown[]) : []) {
      const column = columns[index];
      row[isObject(column) ? (column.label as string) : `${index}`] = fieldValue(field);
      index += 1;
    }
    rows.push(row);
  }
  return rows;
}

/** `{stringValue: 'a'}`, `{longValue: 1}`, `{isNull: true}`... */
function fieldValue(field: unknown): unknown {
  if (!isObject(field) || field.isNull === true) return null;
  const [name] = keys(field);
  return name === undefined ? null : field[name];
}

export const rdsModule = {
  ...refusing(RDS, 'select insert update remove sql createPgStatement createMySQLStatement'),
  typeHint: refusing(RDS, 'DATE DECIMAL JSON TIME TIMESTAMP UUID'),
  agg: refusing(RDS, 'max min count avg sum maxDistinct minDistinct countDistinct avgDistinct sumDistinct'),
  toJsonObject,
};

export const aiModule = refusing('@aws-appsync/utils/ai', 'invokeModel converse');
