import { inject } from 'vitest';

/** The system under test. */
export const target = inject('target');
