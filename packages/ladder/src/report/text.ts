import { textTable } from '../../../../infra/bill/format.ts';
import type { LoadReport } from '../load/load.ts';
import { sectionsOf, summaryLines } from './sections.ts';

/** For a terminal. */
export function loadText(report: LoadReport): string {
  const sections = sectionsOf(report).map(({ title, head, rows, note }) =>
    [title, textTable(head, rows), ...(note === undefined ? [] : [note])].join('\n'),
  );
  return [summaryLines(report).join('\n'), ...sections].join('\n\n');
}
