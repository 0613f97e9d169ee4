import type { SubscriptionFilter, SubscriptionFilterRule } from '../javascript/runtime.ts';

/** https://docs.aws.amazon.com/appsync/latest/devguide/aws-appsync-real-time-enhanced-filtering.html */
const MAX_FIELD_LEVELS = 5;

/** Groups are alternatives; within one, every filter must hold. */
export function matchesFilter(filter: SubscriptionFilter, payload: unknown): boolean {
  return filter.filterGroup.some(({ filters }) => filters.every((rule) => matchesRule(rule, payload)));
}

function matchesRule({ fieldName, operator, value: expected }: SubscriptionFilterRule, payload: unknown): boolean {
  const levels = fieldName.split('.');
  // Deeper filters are ignored: they keep nothing back.
  if (levels.length > MAX_FIELD_LEVELS) return true;
  const matches = OPERATORS.get(operator);
  return matches !== undefined && matches(memberAt(payload, levels), expected);
}

/** Null when a level is missing, and for lists of objects, which filters cannot look into. */
function memberAt(payload: unknown, levels: readonly string[]): unknown {
  let value = payload;
  for (const level of levels) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, level))
      return null;
    value = (value as Readonly<Record<string, unknown>>)[level];
  }
  return value ?? null;
}

type Matches = (actual: unknown, expected: unknown) => boolean;

const isEqual: Matches = (actual, expected) => actual === (expected ?? null);

const contains: Matches = (actual, expected) => {
  if (Array.isArray(actual)) return actual.includes(expected);
  return typeof actual === 'string' && typeof expected === 'string' && actual.includes(expected);
};

const isIn: Matches = (actual, expected) => Array.isArray(expected) && expected.includes(actual);

/** Numbers with numbers, strings with strings; anything else is not ordered. */
function compared(test: (order: number) => boolean): Matches {
  return (actual, expected) => {
    const comparable =
      (typeof actual === 'number' && typeof expected === 'number') ||
      (typeof actual === 'string' && typeof expected === 'string');
    if (!comparable) return false;
    return test(actual < expected ? -1 : actual > expected ? 1 : 0);
  };
}

const less = compared((order) => order < 0);
const lessOrEqual = compared((order) => order <= 0);
const greater = compared((order) => order > 0);
const greaterOrEqual = compared((order) => order >= 0);

const OPERATORS: ReadonlyMap<string, Matches> = new Map<string, Matches>([
  ['eq', isEqual],
  ['ne', (actual, expected) => !isEqual(actual, expected)],
  ['lt', less],
  ['le', lessOrEqual],
  // The guide's example of `util.transform.toSubscriptionFilter` spells these two so.
  ['lte', lessOrEqual],
  ['gt', greater],
  ['ge', greaterOrEqual],
  ['gte', greaterOrEqual],
  ['contains', contains],
  ['notContains', (actual, expected) => !contains(actual, expected)],
  [
    'beginsWith',
    (actual, expected) => typeof actual === 'string' && typeof expected === 'string' && actual.startsWith(expected),
  ],
  ['in', isIn],
  ['notIn', (actual, expected) => Array.isArray(expected) && !isIn(actual, expected)],
  [
    'between',
    // The guide's example lists 2, 3 and 4 as matches of [1, 5]: the bounds do not belong to it.
    (actual, expected) => Array.isArray(expected) && greater(actual, expected[0]) && less(actual, expected[1]),
  ],
  [
    'containsAny',
    (actual, expected) =>
      Array.isArray(actual) && Array.isArray(expected) && expected.some((item) => actual.includes(item)),
  ],
]);
