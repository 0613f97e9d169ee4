import { ladder } from './ladder.ts';
import { load } from './load.ts';
import type { SeedRow } from './row.ts';
import { services } from './services.ts';
import { topics } from './topics.ts';

/** Every requirement of the two papers that this system began with, in their order. */
export const rows: readonly SeedRow[] = [...load, ...ladder, ...topics, ...services];

export const openRows: readonly SeedRow[] = rows.filter(({ state }) => state === 'open');
