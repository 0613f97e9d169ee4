import { UsageError } from './options.ts';

const UNIT_MILLISECONDS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** Where `npm run clock -- ...` is to move the clock: `now` follows the machine's again. */
export type ClockTime = 'now' | { readonly from: 'here'; readonly milliseconds: number } | { readonly at: number };

/**
 * Reads `now`, a way from where the clock is (`+90m`, `+1d12h`), or a time in ISO 8601 with its zone. A date alone is its
 * midnight in UTC. Throws `UsageError`.
 */
export function readClockTime(text: string): ClockTime {
  if (text === 'now') return 'now';
  if (text.startsWith('+')) return { from: 'here', milliseconds: readWay(text) };
  // Without its zone a time would mean another moment on each machine.
  const hasZone = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text);
  const at = hasZone ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new UsageError(`"${text}" is no time: write 2026-12-01T07:00:00Z, +90m, +1d or now.`);
  }
  return { at };
}

function readWay(text: string): number {
  const parts = [...text.slice(1).matchAll(/(\d{1,6})([smhdw])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.slice(1)) {
    throw new UsageError(`"${text}" is no way to go: write a number of s, m, h, d or w, as +90m or +1d12h.`);
  }
  return parts.reduce(
    (sum, [, count, unit]) => sum + Number(count) * UNIT_MILLISECONDS[unit as keyof typeof UNIT_MILLISECONDS],
    0,
  );
}
