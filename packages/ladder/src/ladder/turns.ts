import type { RungName } from '../../../../infra/rungs.ts';
import type { Alteration } from '../scenarios/scenario.ts';
import type { Provisioned, System } from '../models/system.ts';

/** A bottleneck that was found on this system, and the change that removed it: as it was before. */
export interface Turn {
  readonly found: string;
  readonly change: string;
  /** Where it is shown, and by which resource. */
  readonly rung: RungName;
  readonly resource: string;
  readonly before: Alteration;
}

const withReads = (system: System, store: string, change: Partial<Provisioned>): System => {
  const known = system.stores.get(store);
  if (!known?.provisioned) throw new Error(`${store} is not provisioned at ${system.rung}`);
  const provisioned = { ...known.provisioned, reads: { ...known.provisioned.reads, ...change } };
  return { ...system, stores: new Map([...system.stores, [store, { ...known, provisioned }]]) };
};

export const turns: readonly Turn[] = [
  {
    found:
      'a feed asks the table `edges` for 21 strongly consistent units, and its capacity had been reckoned at half a unit a read',
    change: 'capacity of 3,000 to 40,000 read units in `infra/capacity.ts`',
    rung: 'users++++',
    resource: 'table edges reads',
    before: {
      name: '1,500 to 16,000 units',
      alter: (system) => withReads(system, 'edges', { minimum: 1_500, scheduledMinimum: 3_000, maximum: 16_000 }),
    },
  },
  {
    found: 'tables on demand are ready for 12,000 reads, and a million users ask `edges` for more in the morning',
    change: 'warm throughput of 24,000 from `users+++` on in `infra/rungs.ts`',
    rung: 'users+++',
    resource: 'table edges reads',
    before: {
      name: 'not warmed',
      alter: (system) => ({
        ...system,
        stores: new Map(
          [...system.stores].map(([name, store]) => [name, { ...store, warm: { reads: 12_000, writes: 4_000 } }]),
        ),
      }),
    },
  },
  {
    found:
      'the workers of the queue wrote 10,000 entries of timelines a second at every rung, a third of what ten million users ask for in the morning',
    change:
      'as many workers as a rung needs, `timelineWriters` in `infra/rungs.ts`, and the capacity for what they write',
    rung: 'users+++++',
    resource: 'queue fanOut',
    before: {
      name: '10,000 writes a second',
      alter: (system) => ({ ...system, fanOut: { ...system.fanOut, writesPerSecond: 10_000 } }),
    },
  },
];
