import type { Target } from '../config.ts';

/** What `docs/sla.md` is of: the target with everything in it. */
export const documented: Target = { stage: 'prod', rung: 'users+++++' };
