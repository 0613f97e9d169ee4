/** A second of something that has a limit. */
export interface Reading {
  readonly second: number;
  readonly used: number;
  readonly limit: number;
  /** What was refused. */
  readonly throttled: number;
  readonly note?: string;
}

/** What was used of it in a whole run. */
export interface ResourceUse {
  /** `key posts reads`, `table posts writes`, `tokens`, `functions`, `queue fanOut` */
  readonly resource: string;
  /** At the worst second: used by limit. */
  readonly worst: { readonly second: number; readonly used: number; readonly limit: number; readonly note: string };
  readonly throttledSeconds: number;
  readonly throttled: number;
  /** When it was refused first. */
  readonly firstThrottled: number | null;
}

export interface Meters {
  record(resource: string, reading: Reading): void;
  uses(): readonly ResourceUse[];
}

export function createMeters(): Meters {
  const all = new Map<
    string,
    { worst: ResourceUse['worst']; throttledSeconds: number; throttled: number; firstThrottled: number | null }
  >();
  return {
    record(resource, { second, used, limit, throttled, note = '' }) {
      const known = all.get(resource) ?? {
        worst: { second, used: 0, limit, note },
        throttledSeconds: 0,
        throttled: 0,
        firstThrottled: null,
      };
      if (used / limit > known.worst.used / known.worst.limit) known.worst = { second, used, limit, note };
      // Less than one in a thousand is the noise of arrivals within a second.
      if (throttled > used / 1_000) {
        known.throttledSeconds += 1;
        known.throttled += throttled;
        known.firstThrottled ??= second;
      }
      all.set(resource, known);
    },
    uses: () =>
      [...all]
        .map(([resource, use]) => ({ resource, ...use }))
        .sort(
          (a, b) => b.worst.used / b.worst.limit - a.worst.used / a.worst.limit || (a.resource < b.resource ? -1 : 1),
        ),
  };
}
