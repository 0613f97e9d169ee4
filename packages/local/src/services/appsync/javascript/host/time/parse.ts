import { CapabilityError } from '../bridge.ts';
import { DAYS, MONTHS } from './format.ts';
import type { Element } from './pattern.ts';
import { instantOf, type Zone, zoneOf } from './zone.ts';

/** What was read so far: field symbol to number, and the zone. */
interface Reading {
  readonly text: string;
  readonly at: number;
  readonly fields: ReadonlyMap<string, number>;
  readonly zone?: Zone;
}

/**
 * Reads an instant as Java's `DateTimeFormatter` does in its smart mode: a date, a time (minutes and seconds default to
 * 0) and a zone, in the text or given, are required.
 */
export function parseInstant(text: string, elements: readonly Element[], zone: Zone | undefined): number {
  const end = readElements({ text, at: 0, fields: new Map() }, elements);
  if (end.at < text.length) {
    throw new CapabilityError(`Text '${text}' could not be parsed, unparsed text found at index ${end.at}`);
  }
  const local = localMilliseconds(end);
  const within = end.zone ?? zone;
  if (!within) throw unable(text, 'Unable to obtain ZonedDateTime from TemporalAccessor');
  return instantOf(local, within);
}

function unable(text: string, reason: string): CapabilityError {
  return new CapabilityError(`Text '${text}' could not be parsed: ${reason}`);
}

function failure({ text, at }: Reading): CapabilityError {
  return new CapabilityError(`Text '${text}' could not be parsed at index ${at}`);
}

function readElements(start: Reading, elements: readonly Element[]): Reading {
  let reading = start;
  elements.forEach((element, index) => {
    if (element.kind === 'optional') reading = readOptional(reading, element.elements);
    else if (element.kind === 'literal') reading = readLiteral(reading, element.text);
    else reading = readField(reading, element, reservedDigits(elements, index));
  });
  return reading;
}

function readOptional(reading: Reading, elements: readonly Element[]): Reading {
  try {
    return readElements(reading, elements);
  } catch (error) {
    if (error instanceof CapabilityError) return reading;
    throw error;
  }
}

function readLiteral(reading: Reading, literal: string): Reading {
  if (!reading.text.startsWith(literal, reading.at)) throw failure(reading);
  return { ...reading, at: reading.at + literal.length };
}

type FieldElement = Extract<Element, { kind: 'field' }>;

const NAMES: Readonly<Record<string, readonly string[]>> = {
  M: MONTHS,
  L: MONTHS,
  E: DAYS,
  a: ['AM', 'PM'],
  G: ['BC', 'AD'],
};

function readField(reading: Reading, element: FieldElement, reserved: number): Reading {
  const { symbol, count } = element;
  if ('VzXxZO'.includes(symbol)) return readZone(reading, symbol);
  if (symbol === 'S') return readFraction(reading, count);
  const names = symbol === 'M' || symbol === 'L' ? (count >= 3 ? NAMES[symbol] : undefined) : NAMES[symbol];
  return names ? readName(reading, element, names) : readNumber(reading, element, reserved);
}

function isFixedWidth(element: Element | undefined): element is FieldElement {
  return (
    element?.kind === 'field' &&
    'MLdDHhKkmsSnw'.includes(element.symbol) &&
    (element.count > 1 || element.symbol === 'S')
  );
}

/** In `yyyyMMdd` the year leaves the digits of the fields that follow at once. */
function reservedDigits(elements: readonly Element[], index: number): number {
  let digits = 0;
  for (let next = index + 1; isFixedWidth(elements[next]); next += 1) digits += (elements[next] as FieldElement).count;
  return digits;
}

function readNumber(reading: Reading, element: FieldElement, reserved: number): Reading {
  const { symbol, count } = element;
  const isYear = 'uyY'.includes(symbol);
  const [minimum, maximum] = count === 1 ? [1, 19] : isYear && count !== 2 ? [count, 19] : [count, count];
  const match = /^([+-]?)(\d+)/.exec(reading.text.slice(reading.at));
  const [, sign = '', digits = ''] = match ?? [];
  const length = Math.min(maximum, Math.max(minimum, digits.length - reserved));
  if (digits.length < length || (sign !== '' && (!isYear || count === 2))) throw failure(reading);
  const value = Number(digits.slice(0, length));
  const at = reading.at + sign.length + length;
  // Two letters of a year mean 2000 to 2099.
  const number = isYear && count === 2 ? 2000 + value : sign === '-' ? -value : value;
  return { ...reading, at, fields: new Map(reading.fields).set(symbol, number) };
}

function readFraction(reading: Reading, count: number): Reading {
  const digits = reading.text.slice(reading.at, reading.at + count);
  if (digits.length < count || !/^\d+$/.test(digits)) throw failure(reading);
  const milliseconds = Number(digits.padEnd(9, '0').slice(0, 9)) / 1_000_000;
  return { ...reading, at: reading.at + count, fields: new Map(reading.fields).set('S', milliseconds) };
}

function readName(reading: Reading, { symbol, count }: FieldElement, names: readonly string[]): Reading {
  const rest = reading.text.slice(reading.at);
  const index = names.findIndex((name) => rest.startsWith(count >= 4 ? name : name.slice(0, 3)));
  const name = names[index];
  if (name === undefined) throw failure(reading);
  const at = reading.at + (count >= 4 ? name : name.slice(0, 3)).length;
  const value = symbol === 'M' || symbol === 'L' ? index + 1 : index;
  return { ...reading, at, fields: new Map(reading.fields).set(symbol, value) };
}

const ZONE_TEXTS: Readonly<Record<string, RegExp>> = {
  V: /^[A-Za-z][\w+\-/]*|^[+-]\d{2}(?::\d{2}(?::\d{2})?)?/,
  z: /^[A-Za-z][\w+\-/]*/,
  O: /^GMT(?:[+-]\d{1,2}(?::\d{2}(?::\d{2})?)?)?/,
};
const OFFSET_TEXT = /^(?:Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)/;

function readZone(reading: Reading, symbol: string): Reading {
  const found = (ZONE_TEXTS[symbol] ?? OFFSET_TEXT).exec(reading.text.slice(reading.at))?.[0];
  if (found === undefined) throw failure(reading);
  return { ...reading, at: reading.at + found.length, zone: zoneOf(found) };
}

function localMilliseconds({ text, fields }: Reading): number {
  const eraYear = fields.get('y');
  const year = fields.get('u') ?? (eraYear !== undefined && fields.get('G') === 0 ? 1 - eraYear : eraYear);
  const month = fields.get('M') ?? fields.get('L');
  const day = fields.get('d');
  const dayOfYear = fields.get('D');
  const hour = hourOf(fields);
  if (
    year === undefined ||
    hour === undefined ||
    ((month === undefined || day === undefined) && dayOfYear === undefined)
  ) {
    throw unable(text, 'Unable to obtain ZonedDateTime from TemporalAccessor');
  }
  const [minute = 0, second = 0, millisecond = 0] = ['m', 's', 'S'].map((symbol) => fields.get(symbol));
  const monthIndex = dayOfYear === undefined ? (month ?? 1) - 1 : 0;
  const date = new Date(0);
  date.setUTCFullYear(year, monthIndex, dayOfYear ?? day ?? 1);
  const isDate = dayOfYear === undefined ? date.getUTCMonth() === monthIndex : date.getUTCFullYear() === year;
  if (!isDate || hour > 23 || minute > 59 || second > 59 || Number.isNaN(date.getTime())) {
    throw unable(text, 'Invalid value for a field');
  }
  return date.getTime() + hour * 3_600_000 + minute * 60_000 + second * 1000 + Math.floor(millisecond);
}

function hourOf(fields: Reading['fields']): number | undefined {
  const hour = fields.get('H') ?? clockHour(fields.get('k'), 24);
  if (hour !== undefined) return hour;
  const half = fields.get('K') ?? clockHour(fields.get('h'), 12);
  const afternoon = fields.get('a');
  return half === undefined || afternoon === undefined ? undefined : half + 12 * afternoon;
}

/** `h` and `k` count from 1 to 12 and 24; the highest is 0. */
function clockHour(value: number | undefined, hours: number): number | undefined {
  return value === hours ? 0 : value;
}
