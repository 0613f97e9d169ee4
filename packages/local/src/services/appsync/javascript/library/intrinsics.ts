/**
 * Leaves of JavaScript what APPSYNC_JS has (AppSync developer guide, "Supported runtime features"), and freezes it.
 * What the library itself needs it has taken before.
 */
import { endLoop, step } from './evaluation.ts';
import { callHost } from './host.ts';

const { Array, Boolean, Function, Number, Object, Reflect, String, Symbol, JSON, Math } = globalThis;
const Refusal = TypeError;
const globalThisObject = globalThis as unknown as Record<string, unknown>;

/** Besides what the guide lists, `includes`, `substring`, `toString` and `toFixed` stay: code that uses them deploys. */
const KEPT_METHODS = {
  array:
    'length constructor concat fill flat includes indexOf join lastIndexOf pop push reverse shift slice sort splice unshift ' +
    'forEach map flatMap filter reduce reduceRight find some every findIndex findLast findLastIndex',
  string:
    'length charAt concat endsWith includes indexOf lastIndexOf replace replaceAll slice split startsWith ' +
    'substring toLowerCase toString toUpperCase trim trimEnd trimStart',
  number: 'toFixed toString',
  boolean: 'toString',
  object: '',
  function: '',
};

const CALLBACK_METHODS =
  'forEach map flatMap filter reduce reduceRight find some every findIndex findLast findLastIndex';
const MAX_ITERATIONS = 1_000;
/** A bound on memory; far above what AppSync's 5 MB results allow. */
const MAX_ARRAY_LENGTH = 1_000_000;

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Leaves these globals and the language's own; freezes them and the modules. */
export function lockDown(globals: Record<string, unknown>, modules: object): void {
  const prototypes = {
    array: Array.prototype,
    string: String.prototype,
    number: Number.prototype,
    boolean: Boolean.prototype,
    object: Object.prototype,
    function: Function.prototype,
  };
  replaceConversion();
  wrapArrayMethods();
  replaceStringMethods();
  for (const [name, prototype] of Object.entries(prototypes)) {
    keepOnly(prototype, KEPT_METHODS[name as keyof typeof prototypes]);
  }
  keepOnly(Array, 'length name prototype isArray');
  const visible = { ...globals, Array, Object: objectFunctions(), Number: numberFunctions(), Math: mathFunctions() };
  for (const name of Object.getOwnPropertyNames(globalThisObject)) Reflect.deleteProperty(globalThisObject, name);
  Object.assign(globalThisObject, visible, { JSON: jsonFunctions() });
  for (const value of [modules, ...Object.values(globalThisObject), ...Object.values(prototypes)]) deepFreeze(value);
  Object.freeze(globalThisObject);
}

function keepOnly(owner: object, names: string): void {
  const kept = names.split(' ');
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (!kept.includes(name)) Reflect.deleteProperty(owner, name);
  }
}

/** Without `toString` and `valueOf` objects still turn into text, by a symbol that resolver code cannot name. */
function replaceConversion(): void {
  const join = Array.prototype.join;
  Object.defineProperty(Object.prototype, Symbol.toPrimitive, {
    value(this: unknown) {
      return Array.isArray(this) ? Reflect.apply(join, this, [',']) : '[object Object]';
    },
  });
}

function define(prototype: object, name: string, method: Method): void {
  Object.defineProperty(prototype, name, { value: method });
}

function methodOf(prototype: object, name: string): Method {
  return Reflect.get(prototype, name) as Method;
}

function wrapArrayMethods(): void {
  const prototype = Array.prototype;
  const withCallback = CALLBACK_METHODS.split(' ');
  for (const name of KEPT_METHODS.array.split(' ')) {
    if (['length', 'constructor', 'push', 'pop', 'sort'].includes(name)) continue;
    const method = methodOf(prototype, name);
    define(prototype, name, withCallback.includes(name) ? countingMethod(method) : boundedMethod(method));
  }
  const sort = prototype.sort;
  define(prototype, 'sort', function (this, compare) {
    if (compare !== undefined) throw new Refusal('Array.sort() takes no arguments.');
    return Reflect.apply(sort, bounded(this), []) as unknown;
  });
}

function bounded(receiver: unknown): ArrayLike<unknown> {
  const array = receiver as ArrayLike<unknown>;
  if (array.length > MAX_ARRAY_LENGTH) throw new Refusal('The array is too long.');
  return array;
}

function boundedMethod(method: Method): Method {
  return function (this, ...args) {
    return Reflect.apply(method, bounded(this), args);
  };
}

function countingMethod(method: Method): Method {
  return function (this, callback, ...args) {
    const { length } = bounded(this);
    if (length <= MAX_ITERATIONS || typeof callback !== 'function') {
      return Reflect.apply(method, this, [callback, ...args]);
    }
    let iterations = 0;
    const counted = (...values: unknown[]): unknown => {
      if (++iterations > MAX_ITERATIONS) endLoop();
      return Reflect.apply(callback, undefined, values) as unknown;
    };
    return Reflect.apply(method, this, [counted, ...args]);
  };
}

/** For `[...a]` and `f(...a)`: iterables are counted as what they yield. */
export function spread(value: unknown): unknown {
  step();
  return typeof value === 'object' && value !== null ? bounded(value) : value;
}

/** The pattern is a Java regular expression in a string. */
function replaceStringMethods(): void {
  const replacing = (all: boolean): Method =>
    function (this, pattern, replacement) {
      if (typeof pattern !== 'string' || typeof replacement !== 'string') {
        throw new Refusal('The arguments of replace and replaceAll must be strings.');
      }
      return callHost('regexReplace', this, pattern, replacement, all);
    };
  define(String.prototype, 'replace', replacing(false));
  define(String.prototype, 'replaceAll', replacing(true));
}

function objectFunctions(): object {
  const { assign, entries, hasOwn, keys, values } = Object;
  return { assign, entries, hasOwn, keys, values };
}

function numberFunctions(): object {
  const { isFinite, isNaN } = Number;
  return { isFinite, isNaN };
}

function mathFunctions(): object {
  const { ceil, floor, max, min, round } = Math;
  return { ceil, floor, max, min, round, random: () => callHost('randomDouble') };
}

/** `JSON.parse` answers `""` for text that is no JSON, and there are no function arguments. */
function jsonFunctions(): object {
  const { parse, stringify } = JSON;
  return {
    parse(text: unknown) {
      if (typeof text === 'object') return text === null ? null : '';
      try {
        return parse(text as string) as unknown;
      } catch {
        return '';
      }
    },
    stringify(value: unknown, keys: unknown, space: unknown) {
      return stringify(value, Array.isArray(keys) ? (keys as string[]) : null, space as string);
    },
  };
}

function deepFreeze(value: unknown): void {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const key of Reflect.ownKeys(value)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
    for (const part of [descriptor?.value, descriptor?.get, descriptor?.set] as unknown[]) deepFreeze(part);
  }
}
