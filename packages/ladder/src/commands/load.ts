import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { BadOption } from '../badOption.ts';
import { load } from '../load/load.ts';
import { loadPage } from '../report/page.ts';
import { loadText } from '../report/text.ts';
import { LOAD_USAGE, loadOptionsOf } from './loadOptions.ts';
import { endingWithUsage } from './run.ts';

const EVERY_MILLISECONDS = 1_000;

async function main(): Promise<void> {
  const command = loadOptionsOf(process.argv.slice(2));
  if (command === 'help') return console.log(LOAD_USAGE);
  const { options, html, json } = command;
  const report = await load(options, progressLine());
  console.log(json ? JSON.stringify({ ...report, cpu: undefined }, null, 2) : loadText(report));
  if (html === null) return;
  writeWhole(html, loadPage(report));
  console.error(`\nwrote ${html}`);
}

/** Seconds are told of once each at most; a phase is told of at once. */
function progressLine(): (line: string) => void {
  const since = performance.now();
  let told = -EVERY_MILLISECONDS;
  return (line) => {
    const now = performance.now();
    if (/^\d+ of /.test(line) && now - told < EVERY_MILLISECONDS) return;
    told = now;
    console.error(`${((now - since) / 1_000).toFixed(0).padStart(4)} s  ${line}`);
  };
}

/** There is never half a page at that path. */
function writeWhole(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  } catch (error) {
    throw new BadOption(`--html ${path} cannot be written: ${(error as Error).message}`);
  }
}

endingWithUsage(LOAD_USAGE, main);
