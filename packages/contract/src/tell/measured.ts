import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Measured } from '../../../../infra/bill/measured.ts';

/** Run with a tree's folder and a file: runs every persisted operation on the tree's own system, and writes what each used. */
const [, , tree = '', file = ''] = process.argv;
const measuring = (await import(pathToFileURL(join(tree, 'measure/measure.ts')).href)) as {
  readonly measure: () => Promise<Measured>;
};
const { operations } = await measuring.measure();
writeFileSync(file, JSON.stringify(operations));
