import type { JsonObject } from '../../../json.ts';
import type { Context } from '../context.ts';
import { checkParameters } from '../parameters.ts';

const PARAMETERS = {
  ExclusiveStartTableName: { type: 'string', min: 3, max: 255, pattern: /^[a-zA-Z0-9_.-]+$/ },
  Limit: { type: 'integer', min: 1, max: 100 },
} as const;

export function listTables(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  const limit = (input.Limit as number | undefined) ?? PARAMETERS.Limit.max;
  const start = (input.ExclusiveStartTableName as string | undefined) ?? '';
  const following = context.catalog.names().filter((name) => name > start);
  const names = following.slice(0, limit);
  const answer: JsonObject = { TableNames: names };
  if (following.length > limit) answer.LastEvaluatedTableName = names.at(-1) as string;
  return answer;
}
