import type { Step, Task } from '../plan.ts';

/** A page of what is erased. */
export interface Erased {
  /** How much there was. None on its first page: nothing of this kind is left. */
  readonly found: number;
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

/**
 * Erases a page of one kind of data. It bears a repetition, and finds less each time. What an index lists and the table does
 * not have is not found: indexes are late.
 */
export type Eraser = (of: Pick<Step, 'userId' | 'jobId' | 'trace'>, position: string | undefined) => Promise<Erased>;

/** So that one step ends well within the function's time. */
const PAGES_PER_STEP = 20;

/** A task that erases some pages a step. */
export function erase(eraser: Eraser, pagesPerStep = PAGES_PER_STEP): Task {
  return async (step) => {
    let next: string | null = step.position ?? null;
    for (let page = 0; page < pagesPerStep; page += 1) {
      const erased: Erased = await eraser(step, next ?? undefined);
      step.count('erased', erased.found);
      next = erased.next;
      if (next === null) return null;
    }
    return next;
  };
}
