import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadInput } from '../badInput.ts';

/** The tables written by hand of who may do what: a cell by its place, such as `posts.md Query.post of a PUBLIC post: public`. */
export type Matrix = ReadonlyMap<string, string>;

const FOLDER = 'test/authorization/matrix';

/** Columns that say what a row is about; all others are cells. */
const SUBJECTS: ReadonlySet<string> = new Set(['field', 'of', 'role', 'at', 'who']);

/** Every table but the legend. @throws BadInput for a row that has not as many cells as its table has columns. */
export function readMatrix(root: string): Matrix {
  const folder = join(root, FOLDER);
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .sort();
  return new Map(files.flatMap((file) => cellsOf(file, readFileSync(join(folder, file), 'utf8'))));
}

function cellsOf(file: string, text: string): (readonly [string, string])[] {
  let columns: readonly string[] = [];
  return text.split('\n').flatMap((line, index) => {
    if (!line.startsWith('|')) {
      columns = [];
      return [];
    }
    const values = line
      .slice(1, line.lastIndexOf('|'))
      .split('|')
      .map((value) => value.trim().replaceAll('`', ''));
    if (values.every((value) => /^:?-+:?$/.test(value))) return [];
    if (columns.length === 0) {
      columns = values;
      return [];
    }
    if (values.length !== columns.length)
      throw new BadInput(
        `${FOLDER}/${file}:${index + 1} has ${values.length} cells and its table ${columns.length} columns.`,
      );
    const subject = values.filter((_, column) => SUBJECTS.has(columns[column] ?? '')).join(' of ');
    return values.flatMap((value, column) =>
      SUBJECTS.has(columns[column] ?? '') ? [] : [[`${file} ${subject}: ${columns[column] ?? ''}`, value] as const],
    );
  });
}
