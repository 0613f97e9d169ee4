import { CapabilityError } from '../bridge.ts';

/** A zone as Java's `ZoneId`. */
export interface Zone {
  readonly id: string;
  /** Seconds east of UTC at an instant. */
  offsetAt(epochMilliseconds: number): number;
  /** English name, as `PST` or `Pacific Standard Time`. */
  nameAt(epochMilliseconds: number, style: 'short' | 'long'): string;
}

const OFFSET = /^(?:(UTC|GMT|UT)(?=[+-]))?([+-])(\d{1,2})(?::?(\d{2})(?::?(\d{2}))?)?$/;
const MAX_OFFSET_SECONDS = 18 * 3600;

export const UTC: Zone = fixedZone('Z', 0);

/** `Z`, `+08:00`, `-07:00:30`, `UTC+1`, `Australia/Perth`. */
export function zoneOf(id: string): Zone {
  if (id === 'Z') return UTC;
  if (id === 'UTC' || id === 'GMT' || id === 'UT') return fixedZone(id, 0);
  const match = OFFSET.exec(id);
  if (!match) return regionZone(id);
  const [, , sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (total > MAX_OFFSET_SECONDS || Number(minutes) > 59 || Number(seconds) > 59) {
    throw new CapabilityError(`Invalid ID for offset-based ZoneId: ${id}`);
  }
  return fixedZone(id, sign === '-' ? -total : total);
}

function fixedZone(id: string, seconds: number): Zone {
  return { id, offsetAt: () => seconds, nameAt: () => id };
}

const regions = new Map<string, Zone>();

function regionZone(id: string): Zone {
  const known = regions.get(id);
  if (known) return known;
  const formats = regionFormats(id);
  const zone: Zone = {
    id,
    offsetAt: (epochMilliseconds) => regionOffset(formats.fields, epochMilliseconds),
    nameAt: (epochMilliseconds, style) =>
      formats[style].formatToParts(epochMilliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? id,
  };
  regions.set(id, zone);
  return zone;
}

type RegionFormats = Readonly<Record<'fields' | 'short' | 'long', Intl.DateTimeFormat>>;

function regionFormats(timeZone: string): RegionFormats {
  // Java knows regions by the names of the tz database; offsets were dealt with before.
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(timeZone))
    throw new CapabilityError(`Invalid ID for region-based ZoneId: ${timeZone}`);
  try {
    const fields = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    const name = (timeZoneName: 'short' | 'long'): Intl.DateTimeFormat =>
      new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName });
    return { fields, short: name('short'), long: name('long') };
  } catch (error) {
    if (error instanceof RangeError) throw new CapabilityError(`Unknown time-zone ID: ${timeZone}`);
    throw error;
  }
}

function regionOffset(format: Intl.DateTimeFormat, epochMilliseconds: number): number {
  const parts = new Map(format.formatToParts(epochMilliseconds).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year');
  const local = new Date(0);
  local.setUTCFullYear(year, part('month') - 1, part('day'));
  local.setUTCHours(part('hour'), part('minute'), part('second'));
  return Math.round((local.getTime() - Math.floor(epochMilliseconds / 1000) * 1000) / 1000);
}

/** The instant of a local time; in a gap as Java does, by the offset before it, in an overlap the earlier one. */
export function instantOf(localMilliseconds: number, zone: Zone): number {
  const before = zone.offsetAt(localMilliseconds - 86_400_000) * 1000;
  const first = localMilliseconds - before;
  if (zone.offsetAt(first) * 1000 === before) return first;
  const after = zone.offsetAt(localMilliseconds + 86_400_000) * 1000;
  const second = localMilliseconds - after;
  return zone.offsetAt(second) * 1000 === after ? second : first;
}
