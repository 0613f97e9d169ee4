import type { JsonValue } from '../../json.ts';
import { describe, isObject } from '../jsonFile.ts';
import { didYouMean } from '../suggest.ts';
import { functions } from './functions.ts';
import { BrokenReference, ExpressionError, type BinaryOperator, type Expression, type Step } from './syntax.ts';
import { equal, toBoolean, toNumber, toText } from './values.ts';

/** What an expression can see from where it stands. */
export interface Scope {
  /**
   * The value that a reference begins with. `keys` are the steps after the root, up to a splat; `used` says how many
   * of them led to the value, and `name` is how messages call it.
   *
   * @throws BrokenReference
   */
  resolve(
    root: string,
    keys: readonly (string | number)[],
  ): { readonly value: JsonValue; readonly used: number; readonly name: string };
  /** A file of the stack's folder, for the functions that hash one. */
  readFile(path: string): Buffer;
}

/** Computes an expression's value. Values are JSON; sets are lists without repetitions. */
export function interpret(expression: Expression, scope: Scope): JsonValue {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return expression.parts.map((part) => toText(interpret(part, scope), 'a value inside a string')).join('');
    case 'list':
      return expression.items.map((item) => interpret(item, scope));
    case 'object':
      return Object.fromEntries(
        expression.entries.map(([key, value]) => [toText(interpret(key, scope), 'a key'), interpret(value, scope)]),
      );
    case 'reference':
      return interpretReference(expression, scope);
    case 'access':
      return follow(interpret(expression.of, scope), { steps: expression.steps, name: 'the value', scope });
    case 'call':
      return call(expression, scope);
    case 'unary':
      return expression.operator === '-'
        ? -toNumber(interpret(expression.operand, scope), 'the operand of "-"')
        : !toBoolean(interpret(expression.operand, scope), 'the operand of "!"');
    case 'binary':
      return operate(expression, scope);
    case 'conditional': {
      const condition = toBoolean(interpret(expression.condition, scope), 'the condition of "?"');
      return interpret(condition ? expression.then : expression.otherwise, scope);
    }
  }
}

type Call = Expression & { kind: 'call' };

function call({ name, args }: Call, scope: Scope): JsonValue {
  if (name === 'try') return firstThatWorks(args, scope);
  const implementation = functions.get(name);
  if (implementation === undefined) {
    throw new ExpressionError(`the function ${name}() is not supported${didYouMean(name, functions.keys())}`);
  }
  const values = args.map((argument) => interpret(argument, scope));
  try {
    return implementation(values, scope);
  } catch (error) {
    if (error instanceof ExpressionError) throw new ExpressionError(`${name}(): ${error.message}`);
    throw error;
  }
}

function firstThatWorks(args: readonly Expression[], scope: Scope): JsonValue {
  const failures: string[] = [];
  for (const argument of args) {
    try {
      return interpret(argument, scope);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      failures.push(error.message);
    }
  }
  throw new ExpressionError(`try(): no argument has a value: ${failures.join('; ')}`);
}

type Arithmetic = Exclude<BinaryOperator, '&&' | '||' | '==' | '!='>;

const ARITHMETIC: Readonly<Record<Arithmetic, (left: number, right: number) => number | boolean>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / nonZero(right),
  '%': (left, right) => left % nonZero(right),
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

function nonZero(divisor: number): number {
  if (divisor === 0) throw new ExpressionError('division by zero');
  return divisor;
}

function operate({ operator, left, right }: Expression & { kind: 'binary' }, scope: Scope): JsonValue {
  const what = `an operand of "${operator}"`;
  const first = interpret(left, scope);
  switch (operator) {
    case '&&':
      return toBoolean(first, what) && toBoolean(interpret(right, scope), what);
    case '||':
      return toBoolean(first, what) || toBoolean(interpret(right, scope), what);
    case '==':
      return equal(first, interpret(right, scope));
    case '!=':
      return !equal(first, interpret(right, scope));
    default:
      return ARITHMETIC[operator](toNumber(first, what), toNumber(interpret(right, scope), what));
  }
}

function interpretReference({ root, steps }: Expression & { kind: 'reference' }, scope: Scope): JsonValue {
  const keys: (string | number)[] = [];
  for (const step of steps) {
    if (step.kind === 'splat') break;
    keys.push(keyOf(step, scope));
  }
  const { value, used, name } = scope.resolve(root, keys);
  return follow(value, { steps: steps.slice(used), name, scope });
}

function keyOf(step: Exclude<Step, { kind: 'splat' }>, scope: Scope): string | number {
  if (step.kind === 'attribute') return step.name;
  const index = interpret(step.index, scope);
  return typeof index === 'number' ? index : toText(index, 'an index');
}

interface Path {
  readonly steps: readonly Step[];
  /** How messages call the value that the steps start from. */
  readonly name: string;
  readonly scope: Scope;
}

function follow(value: JsonValue, { steps, name, scope }: Path): JsonValue {
  const [step, ...later] = steps;
  if (step === undefined) return value;
  if (step.kind === 'splat') return splat(value, { steps: later, name, scope }, step.form);
  const key = keyOf(step, scope);
  return follow(member(value, key, name), { steps: later, name: nameOf(name, key), scope });
}

/** A splat of a single value works on a list of it, and of null on an empty list. */
function splat(value: JsonValue, path: Path, form: '[*]' | '.*'): JsonValue {
  const items = Array.isArray(value) ? value : value === null ? [] : [value];
  const firstOther = form === '.*' ? path.steps.findIndex((step) => step.kind !== 'attribute') : -1;
  const inner = firstOther === -1 ? path.steps : path.steps.slice(0, firstOther);
  const results = items.map((item, index) => follow(item, { ...path, steps: inner, name: nameOf(path.name, index) }));
  return firstOther === -1 ? results : follow(results, { ...path, steps: path.steps.slice(firstOther) });
}

/** One member of a value, by the name of an attribute, the key of a map or the index of a list. */
function member(value: JsonValue, key: string | number, name: string): JsonValue {
  if (Array.isArray(value)) {
    const index = typeof key === 'number' ? key : Number(key);
    const item = Number.isInteger(index) && index >= 0 ? value[index] : undefined;
    if (item !== undefined) return item;
    const count = value.length === 1 ? '1 element' : `${value.length} elements`;
    throw new BrokenReference(`${nameOf(name, key)}, but ${name} is a list of ${count}`);
  }
  if (isObject(value)) {
    const found = Object.hasOwn(value, key) ? value[key] : undefined;
    if (found !== undefined) return found;
    throw new BrokenReference(
      `${nameOf(name, key)}, but ${name} has no "${key}"${didYouMean(String(key), Object.keys(value))}`,
    );
  }
  throw new BrokenReference(`${nameOf(name, key)}, but ${name} is ${describe(value)}`);
}

/** `a.b`, `a[0]` or `a["b c"]` */
export function nameOf(name: string, key: string | number): string {
  if (typeof key === 'number') return `${name}[${key}]`;
  return /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(key) ? `${name}.${key}` : `${name}[${JSON.stringify(key)}]`;
}
