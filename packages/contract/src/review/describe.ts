import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Description } from './description.ts';
import { foldersHash, REVIEW_FOLDER, sourcesHash } from './trees.ts';

export type Progress = (line: string) => void;

/** What runs a tree: another version of it may tell something else of the same tree. */
const TELLERS = ['packages/local/src', 'packages/contract/src/tell'];

const parts = {
  stacks: { script: 'stacks.ts', doing: 'synthesizing', fixedBy: 'npm run synth' },
  measured: {
    script: 'measured.ts',
    doing: 'measuring every persisted operation of',
    fixedBy: 'npm run bill:measure',
  },
} as const;
type Part = keyof typeof parts;

/**
 * Asks a tree's own commands what it is. What was told is kept by the tree's sources, so that a tree is asked once.
 * @param source where the sources are.
 * @param layOut puts them where their commands can be run; called when something is not known.
 * @param label what progress and problems call the tree.
 */
export async function describe(
  root: string,
  { source, layOut }: { readonly source: string; readonly layOut: () => string },
  { label, progress }: { readonly label: string; readonly progress: Progress },
): Promise<Description> {
  let laidOut: string | undefined;
  const tree = (): string => (laidOut ??= layOut());
  const hash = `${sourcesHash(source)}-${foldersHash(root, TELLERS)}`.replace(/(\w{24})\w*/g, '$1');
  const ask = (part: Part) => tell({ root, tree, part, hash, label, progress });
  // One after the other: each uses more than one processor.
  const stacks = (await ask('stacks')) as Description['stacks'];
  // What is not Terraform cannot be run.
  if ('problem' in stacks) return { stacks, measured: { problem: `${label} has no Terraform to run` } };
  return { stacks, measured: (await ask('measured')) as Description['measured'] };
}

interface Asked {
  readonly root: string;
  readonly tree: () => string;
  readonly part: Part;
  readonly hash: string;
  readonly label: string;
  readonly progress: Progress;
}

async function tell({ root, tree, part, hash, label, progress }: Asked): Promise<unknown> {
  const { script, doing, fixedBy } = parts[part];
  const folder = join(root, REVIEW_FOLDER, 'told');
  const file = join(folder, `${part}-${hash}.json`);
  if (!existsSync(file)) {
    progress(`${doing} ${label} ...`);
    mkdirSync(folder, { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    const { status, output } = await run(join(import.meta.dirname, '../tell', script), [tree(), unfinished]);
    if (status !== 0) return { problem: `${label}: ${fixedBy} fails there: ${firstError(output)}` };
    renameSync(unfinished, file);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as unknown;
}

function run(script: string, args: readonly string[]): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

/** The message of an uncaught error, without what Node prints around it. */
function firstError(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  return (
    lines.find((line) => /^(\w*Error\b|error\b|.*Error \[)/.test(line)) ??
    lines.findLast((line) => line !== '') ??
    'no output'
  );
}
