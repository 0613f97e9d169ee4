import { createHash } from 'node:crypto';
import type { JsonValue } from '../../json.ts';
import { describe, isObject } from '../jsonFile.ts';
import { formatText } from './format.ts';
import type { Scope } from './interpret.ts';
import { ExpressionError } from './syntax.ts';
import { compareText, encodeJson, equal, sortedKeys, toBoolean, toList, toNumber, toObject, toText } from './values.ts';

type Arguments = readonly JsonValue[];
type TerraformFunction = (args: Arguments, scope: Scope) => JsonValue;

/** The functions of Terraform that programs written with cdktf call, as https://developer.hashicorp.com/terraform/language/functions describes them. */
export const functions: ReadonlyMap<string, TerraformFunction> = new Map<string, TerraformFunction>([
  ['base64decode', exactly(1, ([text]) => Buffer.from(toText(text, 'the argument'), 'base64').toString('utf8'))],
  ['base64encode', exactly(1, ([text]) => Buffer.from(toText(text, 'the argument')).toString('base64'))],
  ['coalesce', coalesce],
  ['concat', (args) => args.flatMap((list, index) => toList(list, `argument ${index + 1}`))],
  ['contains', exactly(2, ([list, value]) => toList(list, 'the first argument').some((item) => equal(item, value)))],
  ['element', exactly(2, element)],
  ['file', refuse('Put the text into the JSON: the program that generates it can read the file.')],
  ['filebase64sha256', exactly(1, ([path], scope) => hash('sha256', fileOf(path, scope), 'base64'))],
  ['filesha256', exactly(1, ([path], scope) => hash('sha256', fileOf(path, scope), 'hex'))],
  ['flatten', exactly(1, ([list]) => flatten(toList(list, 'the argument')))],
  ['format', ([format, ...values]) => formatText(toText(format, 'the first argument'), values)],
  ['join', ([separator, ...lists]) => join(toText(separator, 'the separator'), lists)],
  ['jsondecode', exactly(1, ([text]) => decodeJson(toText(text, 'the argument')))],
  ['jsonencode', exactly(1, ([value]) => encodeJson(value ?? null))],
  ['keys', exactly(1, ([map]) => sortedKeys(toObject(map, 'the argument')))],
  ['length', exactly(1, ([value]) => length(value))],
  ['lookup', lookup],
  ['lower', exactly(1, ([text]) => toText(text, 'the argument').toLowerCase())],
  ['md5', exactly(1, ([text]) => hash('md5', toText(text, 'the argument'), 'hex'))],
  ['merge', merge],
  ['replace', exactly(3, replace)],
  ['sha256', exactly(1, ([text]) => hash('sha256', toText(text, 'the argument'), 'hex'))],
  ['split', exactly(2, ([separator, text]) => split(toText(separator, 'the separator'), toText(text, 'the text')))],
  ['substr', exactly(3, substr)],
  ['tobool', exactly(1, ([value]) => (value === null ? null : toBoolean(value, 'the argument')))],
  ['tolist', exactly(1, ([value]) => [...toList(value, 'the argument')])],
  ['tomap', exactly(1, ([value]) => toObject(value, 'the argument'))],
  ['tonumber', exactly(1, ([value]) => (value === null ? null : toNumber(value, 'the argument')))],
  ['toset', exactly(1, ([value]) => toSet(toList(value, 'the argument')))],
  ['tostring', exactly(1, ([value]) => (value === null ? null : toText(value, 'the argument')))],
  ['trimprefix', exactly(2, ([text, prefix]) => trimPrefix(toText(text, 'the text'), toText(prefix, 'the prefix')))],
  ['trimsuffix', exactly(2, ([text, suffix]) => trimSuffix(toText(text, 'the text'), toText(suffix, 'the suffix')))],
  ['upper', exactly(1, ([text]) => toText(text, 'the argument').toUpperCase())],
  ['values', exactly(1, ([map]) => values(map))],
]);

function exactly(count: number, implementation: TerraformFunction): TerraformFunction {
  return (args, scope) => {
    if (args.length !== count)
      throw new ExpressionError(`takes ${count} argument${count === 1 ? '' : 's'}, not ${args.length}`);
    return implementation(args, scope);
  };
}

function refuse(reason: string): TerraformFunction {
  return () => {
    throw new ExpressionError(`is not supported. ${reason}`);
  };
}

function hash(algorithm: 'sha256' | 'md5', data: string | Buffer, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(data).digest(encoding);
}

function fileOf(path: JsonValue | undefined, scope: Scope): Buffer {
  return scope.readFile(toText(path, 'the path'));
}

/** The first value that is neither null nor an empty string. */
function coalesce(args: Arguments): JsonValue {
  const found = args.find((value) => value !== null && value !== '');
  if (found === undefined) throw new ExpressionError('every argument is null or empty');
  return found;
}

/** Past the end it starts over. */
function element([list, position]: Arguments): JsonValue {
  const items = toList(list, 'the first argument');
  const index = toNumber(position, 'the index');
  if (items.length === 0) throw new ExpressionError('the list is empty');
  return items[((index % items.length) + items.length) % items.length] ?? null;
}

function flatten(list: readonly JsonValue[]): JsonValue[] {
  return list.flatMap((item) => (Array.isArray(item) ? flatten(item) : [item]));
}

function join(separator: string, lists: Arguments): string {
  return lists
    .flatMap((list, index) => toList(list, `argument ${index + 2}`))
    .map((item) => toText(item, 'an element'))
    .join(separator);
}

function decodeJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new ExpressionError(`the argument is not JSON: ${text.slice(0, 40)}`);
  }
}

/** Of a string in characters as a reader counts them. */
function length(value: JsonValue | undefined): number {
  if (typeof value === 'string') return characters(value).length;
  if (Array.isArray(value)) return value.length;
  if (isObject(value)) return Object.keys(value).length;
  throw new ExpressionError(`the argument must be a string, a list or a map, not ${describe(value)}`);
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

function characters(text: string): readonly string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

function lookup([map, key, otherwise]: Arguments): JsonValue {
  const object = toObject(map, 'the first argument');
  const name = toText(key, 'the key');
  const found = Object.hasOwn(object, name) ? object[name] : otherwise;
  if (found === undefined) throw new ExpressionError(`the map has no key "${name}", and no default is given`);
  return found;
}

/** A later map wins; null counts as an empty map. */
function merge(args: Arguments): JsonValue {
  const maps = args.filter((map) => map !== null).map((map, index) => toObject(map, `argument ${index + 1}`));
  return Object.fromEntries(maps.flatMap((map) => Object.entries(map)));
}

function replace(args: Arguments): JsonValue {
  const [text = '', search = '', replacement = ''] = args.map((argument) => toText(argument, 'an argument'));
  if (search.length > 1 && search.startsWith('/') && search.endsWith('/')) {
    throw new ExpressionError(`a regular expression (${search}) is not supported`);
  }
  return text.replaceAll(search, () => replacement);
}

function split(separator: string, text: string): JsonValue {
  return text === '' ? [''] : text.split(separator);
}

/** A negative offset counts from the end, a length of -1 means the rest. */
function substr([text, offset, count]: Arguments): JsonValue {
  const all = characters(toText(text, 'the text'));
  const wanted = toNumber(offset, 'the offset');
  const start = wanted < 0 ? Math.max(0, all.length + wanted) : wanted;
  const size = toNumber(count, 'the length');
  return all.slice(start, size < 0 ? undefined : start + size).join('');
}

/** A set of strings is in order, as Terraform's are; repetitions go. */
function toSet(list: readonly JsonValue[]): JsonValue {
  const unique = list.filter((item, index) => list.findIndex((other) => equal(other, item)) === index);
  return unique.every((item) => typeof item === 'string') ? unique.sort(compareText) : unique;
}

function trimPrefix(text: string, prefix: string): string {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

function trimSuffix(text: string, suffix: string): string {
  return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
}

function values(map: JsonValue | undefined): JsonValue {
  const object = toObject(map, 'the argument');
  return sortedKeys(object).map((key) => object[key] ?? null);
}
