import { figure } from './figure.ts';
import { rows, openRows } from './rows.ts';
import type { Evidence, SeedRow } from './row.ts';

/** Where it is kept, from the root of the repository. */
export const SEED_MAP = 'docs/seed-map.md';

const SECTIONS = {
  A: 'The load',
  B: 'One box',
  C: 'The rungs',
  D: 'Further topics',
  E: 'What serverless promises',
  F: 'The services',
  G: 'Availability, operations, batch',
} as const;

/** `docs/seed-map.md`. */
export function seedMap(): string {
  const count = (state: SeedRow['state']): number => rows.filter((row) => row.state === state).length;
  return [
    '# The seed map',
    '',
    'Two papers began this system: one on scaling a service to millions of users on AWS, one on systems that scale by',
    'themselves without servers. This is each thing they ask for, and the Terraform, the file or the command that answers it.',
    'A test looks up every address, file and command.',
    '',
    `${rows.length} rows: ${count('answered')} answered, **${openRows.length} OPEN**, ${count('not applicable')} not applicable. An OPEN row says what is missing, and then what there is.`,
    '',
    'An address is `stack/type.id` in the Terraform of `prod`, with the rung. P0: without it this is not that system. P1: a',
    'reviewer expects it. P2: completes the picture. `npm run seed-map` writes this file from `infra/seedMap/`.',
    '',
    ...Object.entries(SECTIONS).flatMap(([letter, title]) => section(letter, title)),
    '## The parts of the figure of Users+++++',
    '',
    '| part | here | |',
    '|---|---|---|',
    ...figure.map(({ part, here, evidence }) => `| ${part} | ${here} | ${evidenceCell(evidence)} |`),
    '',
  ].join('\n');
}

function section(letter: string, title: string): string[] {
  const own = rows.filter(({ id }) => id.startsWith(letter));
  return [
    `## ${letter}. ${title}`,
    '',
    '| | | asks for | answered by |',
    '|---|---|---|---|',
    ...own.map((row) => `| ${row.id} | ${row.priority} | ${cell(row.asks)} | ${answerCell(row)} |`),
    '',
  ];
}

function answerCell(row: SeedRow): string {
  const evidence = evidenceCell(row.evidence);
  if (row.state === 'answered') return evidence;
  if (row.state === 'not applicable') return `N/A: ${cell(row.reason)}`;
  return [`**OPEN**: ${cell(row.missing)}`, ...(evidence ? [evidence] : [])].join('<br>');
}

function evidenceCell(evidence: readonly Evidence[]): string {
  return evidence.map(evidenceText).join('<br>');
}

function evidenceText(evidence: Evidence): string {
  if (evidence.kind === 'command') return `\`${evidence.line}\``;
  if (evidence.kind === 'terraform') return `\`${evidence.address}\` at ${evidence.rung}`;
  const link = evidence.path.startsWith('docs/') ? evidence.path.slice('docs/'.length) : `../${evidence.path}`;
  return `[${evidence.path}](${link})`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
