import { AwsError } from '../../../aws/error.ts';

/** Whether a record goes to the function. */
export type RecordFilter = (record: unknown) => boolean;

type Matcher = (value: unknown) => boolean;
type Leaf = string | number | boolean | null;

const MAX_PATTERN_CHARACTERS = 4_096;

/**
 * Compiles a mapping's filters (Lambda Developer Guide, "Control which events Lambda sends to your function"): a record
 * passes when any of the patterns matches, or when there is none.
 *
 * Throws `AwsError` `InvalidParameterValueException` for an operator that Lambda does not know, with the address.
 */
export function compileFilters(patterns: readonly string[], address: string): RecordFilter {
  const matchers = patterns.map((pattern) => compilePattern(pattern, address));
  return (record) => matchers.length === 0 || matchers.some((matches) => matches(record));
}

function compilePattern(pattern: string, address: string): Matcher {
  try {
    if (pattern.length > MAX_PATTERN_CHARACTERS)
      throw new PatternError(`longer than ${MAX_PATTERN_CHARACTERS} characters`);
    const parsed: unknown = JSON.parse(pattern);
    if (!isObject(parsed)) throw new PatternError('the pattern must be a JSON object');
    return compileObject(parsed, '');
  } catch (error) {
    if (!(error instanceof PatternError || error instanceof SyntaxError)) throw error;
    throw new AwsError(
      'InvalidParameterValueException',
      `${address}: Invalid filter pattern definition. ${error.message}, in ${pattern.slice(0, 200)}`,
    );
  }
}

class PatternError extends Error {}

function compileObject(pattern: Readonly<Record<string, unknown>>, path: string): Matcher {
  const members = Object.entries(pattern).map(([name, value]): Matcher => {
    const where = `${path}/${name}`;
    if (name === '$or') return compileOr(value, where);
    const matches = compileMember(value, where);
    return (parent) => matches(memberOf(parent, name));
  });
  return (value) => {
    // Lists are searched: a pattern fits when it fits one element.
    if (Array.isArray(value)) return value.some((element) => members.every((matches) => matches(element)));
    return members.every((matches) => matches(value));
  };
}

const memberOf = (parent: unknown, name: string): unknown =>
  isObject(parent) && Object.hasOwn(parent, name) ? parent[name] : undefined;

function compileOr(value: unknown, path: string): Matcher {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isObject)) {
    throw new PatternError(`${path} must be a list of two or more objects`);
  }
  const alternatives = value.map((pattern) => compileObject(pattern, path));
  return (parent) => alternatives.some((matches) => matches(parent));
}

function compileMember(value: unknown, path: string): Matcher {
  if (isObject(value)) return compileObject(value, path);
  if (!Array.isArray(value)) throw new PatternError(`${path} must be a list or an object`);
  if (value.length === 0) throw new PatternError(`${path} must not be an empty list`);
  const matchers = value.map((rule) => compileRule(rule, path));
  return (found) => matchers.some((matches) => matches(found));
}

function compileRule(rule: unknown, path: string): Matcher {
  if (isLeaf(rule)) return onLeaves((leaf) => leaf === rule);
  if (!isObject(rule)) throw new PatternError(`${path} has a list inside its list`);
  const [[operator, operand] = ['', undefined], ...more] = Object.entries(rule);
  if (more.length > 0) throw new PatternError(`${path} has a rule with several operators`);
  if (!Object.hasOwn(OPERATORS, operator))
    throw new PatternError(`${path} has the unrecognized operator "${operator}"`);
  return OPERATORS[operator]!(operand, path);
}

const OPERATORS: Readonly<Record<string, (operand: unknown, path: string) => Matcher>> = {
  exists(operand, path) {
    if (typeof operand !== 'boolean') throw new PatternError(`${path}: exists takes true or false`);
    // Only leaves exist for a pattern: an object is as good as absent.
    return (value) => leavesOf(value).length > 0 === operand;
  },
  prefix: (operand, path) => onLeaves(compileText(operand, path, (text, part) => text.startsWith(part))),
  suffix: (operand, path) => onLeaves(compileText(operand, path, (text, part) => text.endsWith(part))),
  'equals-ignore-case'(operand, path) {
    const expected = textOf(operand, path).toLowerCase();
    return onLeaves((leaf) => typeof leaf === 'string' && leaf.toLowerCase() === expected);
  },
  'anything-but': (operand, path) => compileAnythingBut(operand, path),
  numeric: (operand, path) => compileNumeric(operand, path),
};

/** The operand is a text, or a text under `equals-ignore-case`. */
function compileText(
  operand: unknown,
  path: string,
  test: (text: string, part: string) => boolean,
): (leaf: Leaf) => boolean {
  if (isObject(operand) && Object.keys(operand).join() === 'equals-ignore-case') {
    const part = textOf(operand['equals-ignore-case'], path).toLowerCase();
    return (leaf) => typeof leaf === 'string' && test(leaf.toLowerCase(), part);
  }
  const part = textOf(operand, path);
  return (leaf) => typeof leaf === 'string' && test(leaf, part);
}

/** Needs a value that is there and is none of these. */
function compileAnythingBut(operand: unknown, path: string): Matcher {
  if (isObject(operand)) {
    const excluded = compileRule(operand, path);
    const [operator] = Object.keys(operand);
    if (operator !== 'prefix' && operator !== 'suffix')
      throw new PatternError(`${path}: anything-but does not take ${operator}`);
    return (value) => leavesOf(value).some((leaf) => !excluded(leaf));
  }
  const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const isComparable = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
  if (excluded.length === 0 || !excluded.every(isComparable)) {
    throw new PatternError(`${path}: anything-but takes strings or numbers`);
  }
  return onLeaves((leaf) => !excluded.includes(leaf));
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** Compares JSON numbers. DynamoDB writes its own numbers as strings (`{"N":"5"}`), so that none of them ever matches. */
function compileNumeric(operand: unknown, path: string): Matcher {
  const problem = new PatternError(`${path}: numeric takes one or two comparisons, as [">", 0, "<=", 5]`);
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) throw problem;
  const tests = [0, 2]
    .filter((index) => index < operand.length)
    .map((index) => {
      const [operator, bound] = [String(operand[index]), operand[index + 1] as unknown];
      if (!Object.hasOwn(COMPARISONS, operator) || typeof bound !== 'number') throw problem;
      return (value: number): boolean => COMPARISONS[operator]!(value, bound);
    });
  return onLeaves((leaf) => typeof leaf === 'number' && tests.every((test) => test(leaf)));
}

const onLeaves =
  (test: (leaf: Leaf) => boolean): Matcher =>
  (value) =>
    leavesOf(value).some(test);

function leavesOf(value: unknown): readonly Leaf[] {
  if (Array.isArray(value)) return value.filter(isLeaf);
  return isLeaf(value) ? [value] : [];
}

function textOf(value: unknown, path: string): string {
  if (typeof value !== 'string') throw new PatternError(`${path}: the operator takes a string`);
  return value;
}

const isLeaf = (value: unknown): value is Leaf =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
