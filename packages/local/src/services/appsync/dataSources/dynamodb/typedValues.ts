import type { JsonObject, JsonValue } from '../../../../json.ts';
import { MappingTemplateError } from '../dataSource.ts';
import { setOwn } from '../../ownMember.ts';
import { objectAt } from '../requestObject.ts';

/** A DynamoDB attribute value on the wire: `{ S: 'x' }`, with numbers as strings. */
export type Wire = JsonObject;
export type WireItem = Record<string, Wire>;

const refuse = (path: string, value: unknown): MappingTemplateError =>
  new MappingTemplateError(`Unable to convert ${JSON.stringify(value)} at '${path}' to a DynamoDB typed value.`);

/**
 * The wire form of a typed value in a request. AppSync's helpers emit numbers in `N` and `NS`, and `{ NULL: null }`;
 * strings and `{ NULL: true }` are as good.
 */
export function toWire(typed: unknown, path: string): Wire {
  const entries = Object.entries(objectAt(typed, path)).filter(([, value]) => value !== undefined);
  const [type, value] = entries[0] ?? [];
  if (entries.length !== 1 || type === undefined) throw refuse(path, typed);
  const convert = Object.hasOwn(CONVERSIONS, type) ? CONVERSIONS[type] : undefined;
  const converted = convert?.(value, path);
  if (converted === undefined) throw refuse(path, typed);
  return { [type]: converted };
}

export function toWireItem(values: unknown, path: string): WireItem {
  const item: WireItem = {};
  for (const [name, value] of Object.entries(objectAt(values, path))) {
    setOwn(item, name, toWire(value, `${path}[${name}]`));
  }
  return item;
}

const CONVERSIONS: Readonly<Record<string, (value: unknown, path: string) => JsonValue | undefined>> = {
  S: text,
  B: text,
  N: numeric,
  BOOL: (value) => (typeof value === 'boolean' ? value : undefined),
  NULL: () => true,
  SS: (value) => all(value, text),
  BS: (value) => all(value, text),
  NS: (value) => all(value, numeric),
  L: (value, path) => all(value, (item, index) => toWire(item, `${path}[${index}]`)),
  M: (value, path) => toWireItem(value, path),
};

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function numeric(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

function all<T extends JsonValue>(
  value: unknown,
  convert: (item: unknown, index: number) => T | undefined,
): T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const converted = value.map(convert);
  return converted.every((item) => item !== undefined) ? converted : undefined;
}

/** An attribute value as a resolver sees it: sets are lists, binary data stays base64. */
export function toPlain(wire: JsonValue | undefined): unknown {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return null;
  for (const type in wire) {
    const value = wire[type];
    switch (type) {
      case 'N':
        return Number(value);
      case 'NS':
        return Array.isArray(value) ? value.map(Number) : [];
      case 'NULL':
        return null;
      case 'L':
        return Array.isArray(value) ? value.map(toPlain) : [];
      case 'M':
        return toPlainItem(value);
      default:
        return value;
    }
  }
  return null;
}

export function toPlainItem(item: JsonValue | undefined): Record<string, unknown> | null {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return null;
  const plain: Record<string, unknown> = {};
  for (const name of Object.keys(item)) {
    setOwn(plain, name, toPlain(item[name]));
  }
  return plain;
}

/** The same text for equal values: members sorted, sets in any order, numbers by value. */
export function canonical(wire: JsonValue | undefined): string {
  if (typeof wire !== 'object' || wire === null || Array.isArray(wire)) return JSON.stringify(wire ?? null);
  const [type = '', value] = Object.entries(wire)[0] ?? [];
  if (type === 'N') return `N${Number(value)}`;
  if (type === 'NS' && Array.isArray(value)) return `NS${JSON.stringify(value.map(Number).sort((a, b) => a - b))}`;
  if ((type === 'SS' || type === 'BS') && Array.isArray(value)) return `${type}${JSON.stringify([...value].sort())}`;
  if (type === 'L' && Array.isArray(value)) return `L[${value.map(canonical).join()}]`;
  if (type === 'M') return `M${canonicalItem(value)}`;
  return `${type}${JSON.stringify(value)}`;
}

export function canonicalItem(item: JsonValue | undefined, ignored: readonly string[] = []): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return 'null';
  const names = Object.keys(item).filter((name) => !ignored.includes(name));
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(item[name])}`)
    .join()}}`;
}
