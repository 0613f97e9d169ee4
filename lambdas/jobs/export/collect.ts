import { required } from '../../shared/environment.ts';
import { writeObject } from '../../shared/objects.ts';
import type { Task } from '../plan.ts';
import { partKey } from './keys.ts';

/** A page of one kind of data, as the member is to read it. */
export interface Section {
  readonly lines: readonly object[];
  /** Where the next page begins; null: there is none. */
  readonly next: string | null;
}

export type ReadPage = (userId: string, position: string | undefined) => Promise<Section>;

/** So that one step ends well within the function's time. Not by the clock: a step done again must cover the same. */
const PAGES_PER_STEP = 10;

/** A task that writes a part, in lines of JSON, of some pages. What was collected is a part's content, none is no part. */
export function collect(section: string, readPage: ReadPage, pagesPerStep = PAGES_PER_STEP): Task {
  return async ({ jobId, userId, number, position, count }) => {
    const lines: object[] = [];
    let next: string | null = position ?? null;
    for (let page = 0; page < pagesPerStep; page += 1) {
      const read: Section = await readPage(userId, next ?? undefined);
      lines.push(...read.lines);
      next = read.next;
      if (next === null) break;
    }
    count('lines', lines.length);
    if (lines.length > 0) {
      await writeObject(required('EXPORTS_BUCKET'), partKey({ userId, jobId, section, number }), {
        content: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
        type: 'application/x-ndjson',
      });
    }
    return next;
  };
}
