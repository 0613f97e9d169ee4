import { expect } from 'vitest';

/** The trace id that an item carries, of a request that brought none of its own. */
export const A_TRACE: unknown = expect.stringMatching(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
