import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { ladderDocument } from '../ladder/document.ts';
import { ladderChart } from '../ladder/chart.ts';
import { climb, retrace } from '../ladder/climb.ts';

const USAGE = `Usage: npm run ladder -- [flags]

Simulates each rung at its full size, at three times the average, and tells what it bears and what breaks first.

  --write   writes docs/ladder.md and docs/ladder.svg
  --check   ends with 1 when they say something else
  --help`;

const docs = new URL('../../../../docs/', import.meta.url);
const flags = process.argv.slice(2);
const unknown = flags.filter((flag) => !['--write', '--check', '--help', '-h'].includes(flag));
if (unknown.length > 0) {
  console.error(`error: there is no flag ${unknown.join(', ')}\n\n${USAGE}`);
  process.exitCode = 2;
} else if (flags.includes('--help') || flags.includes('-h')) {
  console.log(USAGE);
} else {
  const progress = (line: string): void => console.error(line);
  const steps = await climb(progress);
  const text = await format(ladderDocument(steps, await retrace(progress)), { parser: 'markdown', printWidth: 140 });
  const files = { 'ladder.md': text, 'ladder.svg': ladderChart(steps) };
  if (flags.includes('--write')) {
    for (const [name, content] of Object.entries(files)) writeFileSync(new URL(name, docs), content);
  } else if (!flags.includes('--check')) {
    console.log(text);
  } else {
    for (const [name, content] of Object.entries(files)) {
      if (readFileSync(new URL(name, docs), 'utf8') === content) continue;
      console.error(`docs/${name} says something else: npm run ladder -- --write`);
      process.exitCode = 1;
    }
  }
}
