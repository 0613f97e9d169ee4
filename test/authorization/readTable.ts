import { readdirSync, readFileSync } from 'node:fs';
import { principals, type Principal } from './principals.ts';
import type { Outcome } from './outcome.ts';

const FOLDER = new URL('./matrix/', import.meta.url);

export interface Row {
  /** `posts.md:12` */
  readonly at: string;
  /** `Post.likers` */
  readonly field: string;
  readonly of: string;
  readonly cells: Readonly<Record<Principal, Outcome>>;
}

/** Tables with other columns have tests of their own. */
const OTHERS = ['README.md', 'doors.md', 'reach.md', 'standing.md', 'workers.md'];

/** Every table of the principals. */
export function readMatrix(): readonly Row[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.md') && !OTHERS.includes(name));
  return files.sort().flatMap((file) =>
    readTable(file, ['field', 'of', ...principals]).map(({ at, values: [field = '', of = '', ...cells] }) => ({
      at,
      field,
      of,
      cells: Object.fromEntries(principals.map((principal, index) => [principal, cells[index]])) as Row['cells'],
    })),
  );
}

/** The rows of the tables in a file of Markdown, which have those columns. Throws where one has others, or an empty cell. */
export function readTable(
  file: string,
  columns: readonly string[],
): readonly { readonly at: string; readonly values: readonly string[] }[] {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (!line.startsWith('|')) return [];
    const at = `${file}:${index + 1}`;
    const values = line
      .slice(1, line.lastIndexOf('|'))
      .split('|')
      .map((value) => value.trim().replaceAll('`', ''));
    if (values.every((value) => /^:?-+:?$/.test(value))) return [];
    if (values[0] === columns[0]) {
      if (values.join() === columns.join()) return [];
      throw new Error(`${at}: the columns are ${columns.join(', ')}`);
    }
    if (values.length !== columns.length || values.includes('')) throw new Error(`${at}: a cell is empty or missing`);
    return [{ at, values }];
  });
}
