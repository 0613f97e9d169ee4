import { CapabilityError } from '../bridge.ts';
import type { Element } from './pattern.ts';
import type { Zone } from './zone.ts';

export const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
/** From Sunday, as `Date` counts. */
export const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const DAY_MILLISECONDS = 86_400_000;

interface Moment {
  /** The local time, in the UTC fields of a `Date`. */
  readonly local: Date;
  readonly epochMilliseconds: number;
  readonly offset: number;
  readonly zone: Zone;
}

/** Writes an instant as Java's `DateTimeFormatter.ofPattern(pattern)` does for the locale en-US. */
export function formatInstant(epochMilliseconds: number, elements: readonly Element[], zone: Zone): string {
  const offset = zone.offsetAt(epochMilliseconds);
  const local = new Date(epochMilliseconds + offset * 1000);
  if (Number.isNaN(local.getTime())) throw new CapabilityError('The time is out of range.');
  return formatElements({ local, epochMilliseconds, offset, zone }, elements);
}

function formatElements(moment: Moment, elements: readonly Element[]): string {
  let text = '';
  for (const element of elements) {
    if (element.kind === 'literal') text += element.text;
    else if (element.kind === 'optional') text += formatElements(moment, element.elements);
    else text += (FIELDS[element.symbol]?.(moment, element.count) ?? '').padStart(element.padTo ?? 0);
  }
  return text;
}

type Field = (moment: Moment, count: number) => string;

const numeric =
  (value: (moment: Moment) => number): Field =>
  (moment, count) =>
    String(value(moment)).padStart(count, '0');

/** Numbers up to two letters, then names: short, full, one letter. */
const named =
  (names: readonly string[], index: (date: Date) => number, number: (date: Date) => number): Field =>
  ({ local }, count) =>
    count < 3 ? String(number(local)).padStart(count, '0') : textForm(names[index(local)] ?? '', count);

function textForm(name: string, count: number): string {
  return count === 3 ? name.slice(0, 3) : count === 4 ? name : name.slice(0, 1);
}

function yearText(year: number, count: number): string {
  if (count === 2) return String(Math.abs(year) % 100).padStart(2, '0');
  const digits = String(Math.abs(year)).padStart(count, '0');
  // A year longer than its field carries a sign, so that it can be read back.
  const sign = year < 0 ? '-' : count >= 4 && digits.length > count ? '+' : '';
  return sign + digits;
}

const year = ({ local }: Moment): number => local.getUTCFullYear();
const hour = ({ local }: Moment): number => local.getUTCHours();
const millisecondOfDay = ({ local }: Moment): number => local.getTime() - startOfDay(local);
const quarter = (date: Date): number => Math.floor(date.getUTCMonth() / 3) + 1;

function startOfDay(date: Date): number {
  return Math.floor(date.getTime() / DAY_MILLISECONDS) * DAY_MILLISECONDS;
}

function dayOfYear(date: Date): number {
  const first = new Date(date);
  first.setUTCMonth(0, 1);
  return Math.round((startOfDay(date) - startOfDay(first)) / DAY_MILLISECONDS) + 1;
}

/** en-US: weeks start on Sunday, and the week with January 1 is the first. */
function weekBased(date: Date): { readonly year: number; readonly week: number } {
  const saturday = new Date(startOfDay(date) + (6 - date.getUTCDay()) * DAY_MILLISECONDS);
  const weekYear = saturday.getUTCFullYear();
  return { year: weekYear, week: Math.floor((dayOfYear(saturday) - 1) / 7) + 1 };
}

const localDay: Field = ({ local }, count) =>
  count < 3 ? String(local.getUTCDay() + 1).padStart(count, '0') : textForm(DAYS[local.getUTCDay()] ?? '', count);

const quarterText: Field = ({ local }, count) => {
  const value = quarter(local);
  if (count < 3) return String(value).padStart(count, '0');
  if (count === 3) return `Q${value}`;
  return count === 4 ? `${value}${['st', 'nd', 'rd', 'th'][value - 1]} quarter` : String(value);
};

const month = named(
  MONTHS,
  (date) => date.getUTCMonth(),
  (date) => date.getUTCMonth() + 1,
);

const FIELDS: Readonly<Record<string, Field>> = {
  G: (moment, count) => {
    const after = year(moment) > 0;
    if (count === 4) return after ? 'Anno Domini' : 'Before Christ';
    return count === 5 ? (after ? 'A' : 'B') : after ? 'AD' : 'BC';
  },
  u: (moment, count) => yearText(year(moment), count),
  y: (moment, count) => yearText(year(moment) > 0 ? year(moment) : 1 - year(moment), count),
  Y: ({ local }, count) => yearText(weekBased(local).year, count),
  w: numeric(({ local }) => weekBased(local).week),
  W: numeric(({ local }) => Math.floor((local.getUTCDate() + 6 - local.getUTCDay() - 1) / 7) + 1),
  D: numeric(({ local }) => dayOfYear(local)),
  M: month,
  L: month,
  d: numeric(({ local }) => local.getUTCDate()),
  Q: quarterText,
  q: quarterText,
  E: ({ local }, count) => textForm(DAYS[local.getUTCDay()] ?? '', Math.max(3, count)),
  e: localDay,
  c: localDay,
  F: numeric(({ local }) => Math.floor((local.getUTCDate() - 1) / 7) + 1),
  a: (moment) => (hour(moment) < 12 ? 'AM' : 'PM'),
  h: numeric((moment) => hour(moment) % 12 || 12),
  K: numeric((moment) => hour(moment) % 12),
  k: numeric((moment) => hour(moment) || 24),
  H: numeric(hour),
  m: numeric(({ local }) => local.getUTCMinutes()),
  s: numeric(({ local }) => local.getUTCSeconds()),
  S: ({ local }, count) => `${String(local.getUTCMilliseconds()).padStart(3, '0')}000000`.slice(0, count),
  A: numeric(millisecondOfDay),
  n: numeric(({ local }) => local.getUTCMilliseconds() * 1_000_000),
  N: numeric((moment) => millisecondOfDay(moment) * 1_000_000),
  V: ({ zone }) => zone.id,
  z: ({ zone, epochMilliseconds }, count) => zone.nameAt(epochMilliseconds, count === 4 ? 'long' : 'short'),
  O: ({ offset }, count) => localizedOffset(offset, count === 4),
  X: ({ offset }, count) => (offset === 0 ? 'Z' : isoOffset(offset, count)),
  x: ({ offset }, count) => isoOffset(offset, count),
  Z: ({ offset }, count) => {
    if (count === 4) return localizedOffset(offset, true);
    if (count === 5) return offset === 0 ? 'Z' : isoOffset(offset, 5);
    return isoOffset(offset, 2);
  },
};

/** 1: `+08` or `+0530`; 2: `+0800`; 3: `+08:00`; 4 and 5 add seconds when there are any. */
function isoOffset(offset: number, count: number): string {
  const total = Math.abs(offset);
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  const separator = count === 3 || count === 5 ? ':' : '';
  let text = `${offset < 0 ? '-' : '+'}${hours}`;
  if (count > 1 || minutes !== '00') text += separator + minutes;
  if (count > 3 && seconds !== '00') text += separator + seconds;
  return text;
}

function localizedOffset(offset: number, full: boolean): string {
  if (offset === 0) return 'GMT';
  const text = isoOffset(offset, 5);
  return `GMT${full ? text : text.replace(/^([+-])0/, '$1').replace(/:00$/, '')}`;
}
