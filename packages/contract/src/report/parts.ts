import { type Finding, type Section, sections, type Severity } from '../finding.ts';
import type { Review } from '../review/review.ts';

/** What both reports say, in the same words. */

export const sectionTitles: Readonly<Record<Section, string>> = {
  schema: 'Schema',
  access: 'Access',
  permissions: 'Permissions',
  infrastructure: 'Infrastructure',
  cost: 'Cost per operation',
  availability: 'Availability',
  rules: 'Rules',
};

export const sectionQuestions: Readonly<Record<Section, string>> = {
  schema: 'What breaks for clients that are out there',
  access: "Whom AppSync's directives and the authorization matrix let in",
  permissions: 'What the roles and policies of the Terraform allow',
  infrastructure: 'What terraform apply would make, change, replace and destroy',
  cost: 'What a run of each persisted operation takes, measured on the local system',
  availability: 'What has to be up for each persisted operation',
  rules: 'What every contract of ours keeps to',
};

export const severityWords: Readonly<Record<Severity, string>> = {
  blocking: 'blocks',
  dangerous: 'look at it',
  safe: 'safe',
};

export interface Part {
  readonly section: Section;
  readonly findings: readonly Finding[];
}

export const partsOf = ({ findings }: Review): readonly Part[] =>
  sections.map((section) => ({ section, findings: findings.filter((finding) => finding.section === section) }));

export const count = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter((finding) => finding.severity === severity).length;

export function headline({ findings }: Review): string {
  const [blocking, dangerous, safe] = (['blocking', 'dangerous', 'safe'] as const).map((severity) =>
    count(findings, severity),
  );
  const looks = dangerous ? `${dangerous} to look at, ` : '';
  const rest = `${looks}${safe} safe`;
  if (blocking) return `Blocked by ${blocking}; ${rest}`;
  return findings.length === 0 ? 'Nothing changes for anybody' : `Nothing blocks; ${rest}`;
}

export function baseLine({ base }: Review): string {
  if (base.kind === 'nothing') return 'The working tree, compared with the empty schema';
  return `The working tree, compared with ${base.name} (${base.commit.slice(0, 12)})`;
}

/** `Feed, Post, which web and ios send`; empty when nothing is reached. */
export function reached({ operations: rows }: Review, { operations }: Finding): string {
  if (operations.length === 0) return '';
  const clients = new Set(rows.filter(({ name }) => operations.includes(name)).flatMap((row) => row.clients));
  const who =
    clients.size === 0 ? '' : `, which ${[...clients].sort().join(' and ')} send${clients.size === 1 ? 's' : ''}`;
  return `${operations.join(', ')}${who}`;
}

export const operationHead = [
  'operation',
  'clients',
  'reads',
  'writes',
  'resolvers',
  'functions',
  'steps',
  'dollars a million',
  'budget',
  'available',
] as const;

type Row = Review['operations'][number];

/** Cells of a row: `4.5`, or `4 → 4.5` where it changed. */
export function operationCells(row: Row): readonly string[] {
  const { name, kind, clients, budget, before, after } = row;
  const cell = (
    read: (side: NonNullable<Row['before']>) => number | undefined,
    show: (value: number) => string,
  ): string => {
    const [was, is] = [before ? read(before) : undefined, read(after)];
    if (is === undefined) return '–';
    return was === undefined || was === is ? show(is) : `${show(was)} → ${show(is)}`;
  };
  const plain = (value: number): string => String(Math.round(value * 100) / 100);
  return [
    `${name} (${kind}${before === null ? ', new' : ''})`,
    clients.join(', '),
    cell(({ cost }) => cost?.readUnits, plain),
    cell(({ cost }) => cost?.writeUnits, plain),
    cell(({ cost }) => cost?.resolvers, plain),
    cell(({ cost }) => cost?.invocations, plain),
    cell(({ cost }) => cost?.steps, plain),
    cell(
      ({ cost }) => cost?.dollarsPerMillion,
      (value) => value.toFixed(2),
    ),
    budget === null ? '–' : budget.toFixed(2),
    cell(
      ({ available }) => available?.percent,
      (value) => `${value.toFixed(3)} %`,
    ),
  ];
}
