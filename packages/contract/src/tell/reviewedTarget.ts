import type { Target } from '../../../../infra/config.ts';

/** What is compared: prod with everything that a domain brings, before what costs money by the hour. */
export const reviewedTarget: Target = { stage: 'prod', rung: 'users+' };
