/** What `POST /_local/clock` answers. */
export interface ClockAnswer {
  /** ISO 8601 */
  readonly Time: string;
  readonly Stopped: boolean;
  readonly AheadMilliseconds: number;
}

/** What `POST /_local/travel` answers. */
export interface JourneyAnswer extends ClockAnswer {
  readonly To: string;
  readonly State: 'MOVING' | 'ARRIVED' | 'CANCELLED' | 'FAILED';
  readonly Stops: number;
  readonly Runs: Readonly<Record<string, number>>;
  readonly Problem?: string;
}

/** `2026-12-01T07:00:00Z, 61 days ahead of this machine` */
export function describeClock({ Time, Stopped, AheadMilliseconds }: ClockAnswer): string {
  const standing = Stopped ? ', standing still' : '';
  return `${toSeconds(Time)}${standing}, ${describeDistance(AheadMilliseconds)}`;
}

/** `24 stops, ran digest once, trending 24 times` */
export function describeJourney({ Stops, Runs }: JourneyAnswer): string {
  const runs = Object.entries(Runs).map(([name, count]) => `${name} ${count === 1 ? 'once' : `${count} times`}`);
  const ran = runs.length === 0 ? 'no schedule ran' : `ran ${runs.join(', ')}`;
  return `${Stops} ${Stops === 1 ? 'stop' : 'stops'}, ${ran}`;
}

export const toSeconds = (iso: string): string => iso.replace(/\.\d{3}Z$/, 'Z');

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function describeDistance(milliseconds: number): string {
  const distance = Math.abs(milliseconds);
  const [unit, length] = UNITS.find(([, longest]) => distance >= longest) ?? ['second', 1_000];
  const count = Math.round(distance / length);
  if (count === 0) return "this machine's time";
  return `${count} ${unit}${count === 1 ? '' : 's'} ${milliseconds > 0 ? 'ahead of' : 'behind'} this machine`;
}
