import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { allTargets, type Target } from '../config.ts';
import { SynthError } from '../synthError.ts';
import { synthesizeTarget, type SynthesizedTarget } from '../targets.ts';
import { check, DEPTHS, type CheckResult, type Depth } from './check.ts';
import { openWorkspace } from './commands.ts';
import { locate } from './locate.ts';
import { previousRevision } from './previousRevision.ts';
import { endAll } from './run.ts';

const USAGE = `npm run terraform:check -- [flags]
  --depth validate|plan|test  how far to go (default: test)
  --minutes N                 what there was no time for is listed (default: 15)
  --jobs N                    commands at a time (default: 2)
  --stage NAME                only this stage
  --against REVISION          a git revision, whose stateful resources must live on
  --allow ADDRESS             a stateful resource that may be lost; may be repeated`;

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

interface Options {
  readonly depth: Depth;
  readonly minutes: number;
  readonly jobs: number;
  readonly stage: string | undefined;
  readonly against: string | undefined;
  readonly allowed: ReadonlySet<string>;
}

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      depth: { type: 'string', default: 'test' },
      minutes: { type: 'string', default: '15' },
      jobs: { type: 'string', default: '2' },
      stage: { type: 'string' },
      against: { type: 'string' },
      allow: { type: 'string', multiple: true, default: [] },
    },
  });
  const depth = DEPTHS.find((known) => known === values.depth);
  const [minutes, jobs] = [Number(values.minutes), Number(values.jobs)];
  if (!depth || !(minutes > 0) || !(Number.isInteger(jobs) && jobs > 0)) throw new TypeError('see below');
  return { depth, minutes, jobs, stage: values.stage, against: values.against, allowed: new Set(values.allow) };
}

async function main(options: Options): Promise<number> {
  const located = locate(process.env);
  if ('skipped' in located) {
    console.log(`SKIPPED terraform:check: ${located.skipped}`);
    return 0;
  }
  const { terraform } = located;
  console.log(
    `terraform:check with hashicorp/aws ${terraform.providerVersion}, ${options.depth}, ${options.minutes} minutes at most`,
  );
  const workspace = openWorkspace(terraform, performance.now() + options.minutes * 60_000);
  process.once('exit', () => {
    endAll();
    rmSync(workspace.folder, { recursive: true, force: true });
  });
  const targets = allTargets().filter(({ stage }) => options.stage === undefined || stage === options.stage);
  const synthesized = await synthesizeAll(inOrderOfWeight(targets));
  const previous = options.against ? await previousRevision(root, options.against, targets) : [];
  const result = await check({ workspace, synthesized, previous, ...options, tell: (line) => console.log(line) });
  console.log(summary(result));
  return result.failed.length > 0 ? 1 : 0;
}

async function synthesizeAll(targets: readonly Target[]): Promise<SynthesizedTarget[]> {
  const synthesized: SynthesizedTarget[] = [];
  // One after the other: each takes its memory, and a core.
  for (const target of targets) synthesized.push(await synthesizeTarget(target));
  return synthesized;
}

/** The ends of the ladder first, then what is between them: a failure there shows most. */
function inOrderOfWeight(targets: readonly Target[]): Target[] {
  const rungs = [...new Set(targets.map(({ rung }) => rung))];
  const weight = ({ rung }: Target): number => (rung === rungs[0] ? 0 : rung === rungs.at(-1) ? 1 : 2);
  return [...targets].sort((a, b) => weight(a) - weight(b));
}

function summary({ done, failed, leftOut }: CheckResult): string {
  const lines = [`${done} passed, ${failed.length} failed, ${leftOut.length} left out`];
  if (leftOut.length > 0) lines.push('Left out for lack of time:', ...leftOut.map((title) => `  ${title}`));
  return lines.join('\n');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (error) {
  if (error instanceof SynthError) console.error(error.message);
  else if (error instanceof TypeError && /^(Unknown|Option|see below)/.test(error.message)) console.error(USAGE);
  else throw error;
  process.exitCode = 1;
}
