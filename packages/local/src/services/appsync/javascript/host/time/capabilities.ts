import type { Clock } from '../../../../../clock.ts';
import { type Capabilities, CapabilityError } from '../bridge.ts';
import { formatInstant } from './format.ts';
import { parseInstant } from './parse.ts';
import { parsePattern } from './pattern.ts';
import { UTC, type Zone, zoneOf } from './zone.ts';

const ISO_PATTERN = parsePattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSXXXXX");
const ISO_TIME = /^([+-]?\d{4,}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2}(?::\d{2})?)$/;

/** `util.time`. Formats are Java's, in English; without a zone they mean UTC. */
export function timeCapabilities(clock: Clock): Capabilities {
  return {
    now: () => clock.now(),
    nowISO8601: () => new Date(clock.now()).toISOString(),
    nowFormatted: (format, zone) => formatEpoch(clock.now(), format, zone),
    formatISO8601: (milliseconds) => instant(milliseconds).toISOString(),
    formatEpoch: (milliseconds, format, zone) => formatEpoch(instant(milliseconds).getTime(), format, zone),
    parseFormatted: (text, format, zone) =>
      parseInstant(textOf(text, 'time'), parsePattern(textOf(format, 'format')), optionalZone(zone)),
    parseISO8601: (text) => parseIso(textOf(text, 'time')),
  };
}

function formatEpoch(milliseconds: number, format: unknown, zone: unknown): string {
  return formatInstant(milliseconds, parsePattern(textOf(format, 'format')), optionalZone(zone) ?? UTC);
}

function optionalZone(zone: unknown): Zone | undefined {
  return zone === undefined || zone === null ? undefined : zoneOf(textOf(zone, 'time zone'));
}

function textOf(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new CapabilityError(`The ${what} must be a string.`);
  return value;
}

function instant(milliseconds: unknown): Date {
  const date = new Date(typeof milliseconds === 'number' ? milliseconds : Number.NaN);
  if (Number.isNaN(date.getTime())) throw new CapabilityError('The time must be a number of milliseconds.');
  return date;
}

function parseIso(text: string): number {
  const match = ISO_TIME.exec(text);
  if (!match) throw new CapabilityError(`Text '${text}' could not be parsed at index 0`);
  const [, date, time, seconds = '00', fraction = '', offset] = match;
  const normal = `${date}T${time}:${seconds}.${fraction.padEnd(9, '0')}${offset}`;
  return parseInstant(normal, ISO_PATTERN, undefined);
}
