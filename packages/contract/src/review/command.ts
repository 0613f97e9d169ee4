import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readApprovals } from '../access/approvals.ts';
import { readMatrix } from '../access/matrix.ts';
import { BadInput } from '../badInput.ts';
import { readContract, requireValid } from '../contract/readContract.ts';
import { html } from '../report/html.ts';
import { markdown } from '../report/markdown.ts';
import { headline } from '../report/parts.ts';
import { explain } from '../rules/explain.ts';
import { lint } from '../rules/lint.ts';
import { describe, type Progress } from './describe.ts';
import { lines } from './lines.ts';
import { type Base, resolveBase } from './revision.ts';
import { isBlocked, type Review, review, type Tree } from './review.ts';
import { keepOnlyTree, layOut, layOutWorkingTree } from './trees.ts';

const USAGE = `Usage: npm run review -- [base] [flags]

What the working tree changes for everyone who depends on the contract, compared with a revision: the newest tag
contract/vX.Y.Z where none is given. Writes review/index.html and review/review.md.

  --lint         only the rules, of the working tree
  --explain      every rule and why it is one
  --json         the findings to standard output, for machines
  --out DIR      where the two files go (default review)
  --help

Ends with 0 when nothing blocks, 1 when something does, 2 when it cannot review.`;

const root = resolve(import.meta.dirname, '../../../..');

async function main(): Promise<number> {
  const { values, positionals } = options(process.argv.slice(2));
  if (values.help) return say(USAGE);
  if (values.explain) return say(explain());
  if (values.lint) return onlyRules(values.json);
  if (positionals.length > 1)
    throw new BadInput(`One revision can be compared with, not ${positionals.length}.\n\n${USAGE}`);
  // Where the machine's output is read, people read the other stream.
  const progress: Progress = (line) => console.error(line);
  const base = resolveBase(root, positionals[0]);
  const after = await treeOf(root, () => layOutWorkingTree(root), { label: 'the working tree', progress });
  const before = base.kind === 'nothing' ? null : await revisionTree(base, progress);
  const result = await review({ base, before, after, approvals: readApprovals(root), now: new Date() });
  const folder = resolve(root, values.out);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), html(result));
  writeFileSync(join(folder, 'review.md'), markdown(result));
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else
    console.log(
      [
        ...lines(result.findings),
        ...result.gaps,
        ...approving(result),
        '',
        headline(result),
        `written to ${join(values.out, 'index.html')} and ${join(values.out, 'review.md')}`,
      ].join('\n'),
    );
  return isBlocked(result) ? 1 : 0;
}

const approving = ({ approvalNeeded }: Review): string[] =>
  approvalNeeded === null ? [] : ['', 'The approval that this change wants:', approvalNeeded];

function options(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        lint: { type: 'boolean', default: false },
        explain: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        out: { type: 'string', default: 'review' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new BadInput(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function revisionTree({ commit, name }: Extract<Base, { kind: 'revision' }>, progress: Progress): Promise<Tree> {
  const folder = layOut(root, commit);
  keepOnlyTree(root, commit);
  return treeOf(folder, () => folder, { label: name, progress });
}

/** The contract is read first: what does not parse is told before anything is run. */
async function treeOf(
  source: string,
  laidOut: () => string,
  as: { readonly label: string; readonly progress: Progress },
): Promise<Tree> {
  const contract = labelled(as.label, () => readContract(source));
  const matrix = labelled(as.label, () => readMatrix(source));
  return { contract, matrix, description: await describe(root, { source, layOut: laidOut }, as) };
}

function labelled<T>(label: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadInput) throw new BadInput(`${label} cannot be read:\n${error.message}`);
    throw error;
  }
}

function onlyRules(json: boolean): number {
  const contract = readContract(root);
  requireValid(contract);
  const findings = lint(contract);
  if (json) console.log(JSON.stringify(findings, null, 2));
  else console.log(findings.length === 0 ? 'every rule is kept' : lines(findings).join('\n'));
  return findings.length > 0 ? 1 : 0;
}

function say(text: string): number {
  console.log(text);
  return 0;
}

main().then(
  (status) => (process.exitCode = status),
  (error: unknown) => {
    if (!(error instanceof BadInput)) throw error;
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
  },
);
