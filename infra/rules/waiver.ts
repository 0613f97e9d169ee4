/** A finding that stands for now: which, why, and until when. */
export interface Waiver {
  readonly rule: string;
  /** `stack/type.id`; `*` stands for any part of it. */
  readonly resource: string;
  /** Absent: every stage. */
  readonly stages?: readonly string[];
  /** Absent: every rung. */
  readonly rungs?: readonly string[];
  readonly reason: string;
  /** The first day, `2027-06-30`, on which it counts no more. */
  readonly expires: string;
}

/** Where a finding was found. */
export interface Place {
  readonly stage: string;
  readonly rung: string;
}

export function isExpired({ expires }: Waiver, now: Date): boolean {
  return !(Date.parse(expires) > now.getTime());
}

/** What is accepted is looked at again at least once a year. */
export function isWithinAYear({ expires }: Waiver, now: Date): boolean {
  return Date.parse(expires) - now.getTime() <= 366 * 86_400_000;
}

function isAbout({ stages, rungs }: Waiver, { stage, rung }: Place): boolean {
  return (stages?.includes(stage) ?? true) && (rungs?.includes(rung) ?? true);
}

export function covers(
  waiver: Waiver,
  finding: { readonly rule: string; readonly resource: string },
  place: Place,
): boolean {
  return waiver.rule === finding.rule && isAbout(waiver, place) && matches(waiver.resource, finding.resource);
}

function matches(pattern: string, resource: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(resource);
}
