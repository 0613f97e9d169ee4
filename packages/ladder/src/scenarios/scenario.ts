import type { RungName } from '../../../../infra/rungs.ts';
import type { Run } from '../simulate/simulate.ts';
import type { System } from '../models/system.ts';

/** Another setting of the same system, which a Terraform or a request to AWS would make. */
export interface Alteration {
  /** `without the schedule` */
  readonly name: string;
  readonly alter: (system: System) => System;
}

/** A situation, and what is expected to be the first thing that does not suffice, said before it is run. */
export interface Scenario {
  readonly name: string;
  readonly story: string;
  readonly rung: RungName;
  /** What is another in this experiment, so that one question is asked. */
  readonly given?: Alteration;
  readonly load: Omit<Run, 'system' | 'seed'>;
  /** A resource: `key users reads`. `null`: everything suffices. */
  readonly expected: string | null;
  /** What is expected to remove it: a rung, a setting, or nothing that there is. */
  readonly answer: { readonly rung: RungName } | Alteration | null;
}

/** Tables that are ready for anything: the question is about something else. */
export const tablesReady: Alteration = {
  name: 'tables that are ready for anything',
  alter: (system) => ({
    ...system,
    stores: new Map(
      [...system.stores].map(([name]) => [name, { warm: { reads: 1e9, writes: 1e9 }, provisioned: null }]),
    ),
  }),
};

export const both = (...alterations: readonly Alteration[]): Alteration => ({
  name: alterations.map(({ name }) => name).join(', '),
  alter: (system) => alterations.reduce((altered, { alter }) => alter(altered), system),
});
