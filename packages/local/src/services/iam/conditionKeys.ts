import type { JsonObject, JsonValue } from '../../json.ts';
import { statementsOf } from './validatePolicy.ts';

/** `${aws:PrincipalTag/team}`, also with a default value: `${aws:PrincipalTag/team, 'none'}`. */
const POLICY_VARIABLE = /\$\{([^},]+)/g;

/**
 * The condition keys that documents mention, in conditions or as variables, in lower case since IAM does not tell case
 * apart in them. The value of any other key cannot change a decision, so a cached decision need not be told apart by it.
 */
export function mentionedConditionKeys(documents: readonly JsonObject[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const statement of documents.flatMap(statementsOf)) {
    for (const tests of Object.values(statement.Condition ?? {})) {
      for (const key of Object.keys(tests ?? {})) keys.add(key.toLowerCase());
    }
    for (const text of textsIn([
      statement.Resource ?? null,
      statement.NotResource ?? null,
      statement.Condition ?? null,
    ])) {
      for (const [, key = ''] of text.matchAll(POLICY_VARIABLE)) keys.add(key.trim().toLowerCase());
    }
  }
  return keys;
}

function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
