import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { ladderDocument } from '../ladder/document.ts';
import { climb } from '../ladder/climb.ts';

const USAGE = `Usage: npm run ladder -- [flags]

Simulates each rung at its full size, at three times the average, and tells what it bears and what breaks first.

  --write   writes docs/ladder.md
  --check   ends with 1 when docs/ladder.md says something else
  --help`;

const file = new URL('../../../../docs/ladder.md', import.meta.url);
const flags = process.argv.slice(2);
const unknown = flags.filter((flag) => !['--write', '--check', '--help', '-h'].includes(flag));
if (unknown.length > 0) {
  console.error(`error: there is no flag ${unknown.join(', ')}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (flags.includes('--help') || flags.includes('-h')) {
  console.log(USAGE);
} else {
  const text = await format(ladderDocument(await climb((line) => console.error(line))), {
    parser: 'markdown',
    printWidth: 140,
  });
  if (flags.includes('--write')) writeFileSync(file, text);
  else if (!flags.includes('--check')) console.log(text);
  else if (readFileSync(file, 'utf8') !== text) {
    console.error('docs/ladder.md says something else: npm run ladder -- --write');
    process.exitCode = 1;
  }
}
