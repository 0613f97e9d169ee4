/** `util.transform.toSubscriptionFilter`: a filter object to the disjunctive normal form of enhanced filters. */
import { isObject } from './typedValues.ts';

interface Condition {
  readonly fieldName: string;
  readonly operator: string;
  readonly value: unknown;
}
/** Conditions that hold together. */
type Group = readonly Condition[];
/** Groups of which one must hold; `undefined` where nothing is asked. */
type Alternatives = readonly Group[] | undefined;

const { entries } = Object;
const { isArray } = Array;
const { parse, stringify } = JSON;
const Refusal = Error;

/** Filters come from clients, and nested alternatives multiply. */
const MAX_GROUPS = 1_000;

export function toSubscriptionFilter(filter: unknown, ignoredFields: unknown, rules: unknown): object {
  const ignored: readonly unknown[] = isArray(ignoredFields) ? ignoredFields : [];
  const conditions = alternativesOfMap(object(filter), ignored);
  const combined = both(
    conditions,
    rules === undefined || rules === null ? undefined : ruleAlternatives(object(rules)),
  );
  const filterGroup: object[] = [];
  for (const filters of combined ?? []) filterGroup.push({ filters });
  return { filterGroup };
}

/** The guide hands over objects as well as JSON texts from clients. */
function object(value: unknown): Record<string, unknown> {
  const parsed: unknown = typeof value === 'string' ? parse(value) : value;
  if (!isObject(parsed)) throw new Refusal(`A subscription filter must be an object, not ${stringify(value)}.`);
  return parsed;
}

function alternativesOfMap(filter: Record<string, unknown>, ignored: readonly unknown[]): Alternatives {
  let alternatives: Alternatives;
  for (const [key, value] of entries(filter)) {
    if (value === undefined || value === null) continue;
    alternatives = both(alternatives, alternativesOfEntry(key, value, ignored));
  }
  return alternatives;
}

function alternativesOfEntry(key: string, value: unknown, ignored: readonly unknown[]): Alternatives {
  if (key === 'and' || key === 'or') {
    let alternatives: Alternatives;
    for (const member of isArray(value) ? (value as unknown[]) : [value]) {
      const next = alternativesOfMap(object(member), ignored);
      alternatives = key === 'and' ? both(alternatives, next) : either(alternatives, next);
    }
    return alternatives;
  }
  return ignored.includes(key) ? undefined : fieldAlternatives(key, value);
}

/** Several operators on one field are alternatives. */
function fieldAlternatives(fieldName: string, operators: unknown): Alternatives {
  const groups: Group[] = [];
  for (const [operator, value] of entries(object(operators))) {
    if (value !== undefined) groups.push([{ fieldName, operator, value }]);
  }
  return groups.length === 0 ? undefined : groups;
}

/** Each rule is an alternative, whatever is ignored. */
function ruleAlternatives(rules: Record<string, unknown>): Alternatives {
  let alternatives: Alternatives;
  for (const [fieldName, operators] of entries(rules)) {
    alternatives = either(alternatives, fieldAlternatives(fieldName, operators));
  }
  return alternatives;
}

function either(left: Alternatives, right: Alternatives): Alternatives {
  return left && right ? bounded([...left, ...right]) : (left ?? right);
}

/** Every alternative of the left with every one of the right, which varies fastest. */
function both(left: Alternatives, right: Alternatives): Alternatives {
  if (!left || !right) return left ?? right;
  const groups: Group[] = [];
  for (const first of left) {
    for (const second of right) groups.push([...first, ...second]);
    bounded(groups);
  }
  return groups;
}

function bounded(groups: readonly Group[]): readonly Group[] {
  if (groups.length > MAX_GROUPS) throw new Refusal('The subscription filter has too many alternatives.');
  return groups;
}
