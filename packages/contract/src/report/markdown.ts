import { isBlocked, type Review } from '../review/review.ts';
import {
  baseLine,
  count,
  headline,
  operationCells,
  operationHead,
  partsOf,
  reached,
  sectionTitles,
  severityWords,
} from './parts.ts';

/** GitHub refuses comments of more than 65,536 characters. */
const MAX_CHARACTERS = 60_000;

const icons = { blocking: '⛔', dangerous: '⚠️', safe: '✅' } as const;

/** For the comment of a pull request. Names from the change are text, never markup. */
export function markdown(review: Review): string {
  const text = `${[
    `## ${isBlocked(review) ? icons.blocking : icons.safe} Contract review: ${headline(review)}`,
    `${escaped(baseLine(review))}.`,
    ...review.gaps.map((gap) => `> ${escaped(gap)}`),
    ...partsOf(review).flatMap(({ section, findings }) =>
      findings.length === 0 ? [] : [part(review, sectionTitles[section], findings)],
    ),
    ...(review.approvalNeeded === null
      ? []
      : [
          `<details><summary>The approval that this change wants</summary>\n\n\`\`\`json\n${review.approvalNeeded}\n\`\`\`\n\n</details>`,
        ]),
    `<details><summary>All ${review.operations.length} persisted operations</summary>\n\n${table(review)}\n\n</details>`,
  ].join('\n\n')}\n`;
  if (text.length <= MAX_CHARACTERS) return text;
  return `${text.slice(0, text.lastIndexOf('\n', MAX_CHARACTERS))}\n\n</details>\n\n… and more: see review/index.html.\n`;
}

function part(review: Review, title: string, findings: Review['findings']): string {
  const lines = findings.map((finding) => {
    const { severity, code, subject, message, remedy } = finding;
    const reach = reached(review, finding);
    const touched = reach === '' ? '' : ` _(${escaped(reach)})_`;
    const then = remedy === undefined ? '' : `\n  - ${escaped(remedy)}`;
    return `- ${icons[severity]} \`${subject.replaceAll('`', '')}\` ${escaped(message)}${touched} \`${code}\`${then}`;
  });
  const needed = findings.filter(({ severity }) => severity !== 'safe').length;
  const safe = lines.slice(needed);
  return [
    `### ${title}`,
    ...(needed > 0 ? [lines.slice(0, needed).join('\n')] : []),
    ...(safe.length > 0
      ? [
          `<details><summary>${count(findings, 'safe')} ${severityWords.safe}</summary>\n\n${safe.join('\n')}\n\n</details>`,
        ]
      : []),
  ].join('\n\n');
}

function table({ operations }: Review): string {
  const rows = operations.map((row) => `| ${operationCells(row).map(escaped).join(' | ')} |`);
  return [
    `| ${operationHead.join(' | ')} |`,
    `|${operationHead.map((_, index) => (index < 2 ? '---' : '---:')).join('|')}|`,
    ...rows,
  ].join('\n');
}

const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>|#@]/g, '\\$&').replaceAll('\n', ' ');
