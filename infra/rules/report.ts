import { isClean, type Found, type Report, type RuleCount } from './evaluate.ts';
import type { Place } from './waiver.ts';

/** The report for people: failures first, then what is waived, then a line for each rule. */
export function reportText(report: Report): string {
  const { failures, waived, waiverProblems, rules, targets } = report;
  const sections = [
    ...failures.map(
      (found) => `FAIL ${found.rule}${scannersOf(found)}\n     ${found.message}\n     at ${placesOf(found)}`,
    ),
    ...waiverProblems.map((problem) => `FAIL ${problem}`),
    ...waivedLines(waived),
    table(rules),
    `${isClean(report) ? 'PASS' : 'FAIL'} ${rules.length} rules over ${targets.length} targets: ${plural(failures.length, 'failure')}, ${waived.length} waived, ${plural(waiverProblems.length, 'waiver problem')}`,
  ];
  return sections.join('\n');
}

/** One line for each waiver that is used. */
function waivedLines(waived: Report['waived']): string[] {
  return [...Map.groupBy(waived, ({ waiver }) => waiver)].map(
    ([{ rule, resource, expires, reason }, same]) =>
      `waived until ${expires}: ${rule} for ${resource} (${plural(same.length, 'finding')})\n     ${reason}`,
  );
}

function table(rules: readonly RuleCount[]): string {
  const order = [...rules].sort((a, b) => b.failed - a.failed);
  const rows = [
    ['rule', 'implements', 'inspected', 'failed', 'waived'],
    ...order.map((row) => [
      row.rule,
      row.scanners.join(' ') || 'own',
      `${row.inspected}`,
      `${row.failed}`,
      `${row.waived}`,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.min(44, Math.max(...rows.map((row) => (row[column] ?? '').length))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function scannersOf({ scanners }: Found): string {
  return scanners.length > 0 ? ` (${scanners.join(', ')})` : '';
}

/** `prod users, users+; dev users` */
function placesOf({ targets }: { readonly targets: readonly Place[] }): string {
  const byStage = Map.groupBy(targets, ({ stage }) => stage);
  return [...byStage].map(([stage, places]) => `${stage} ${places.map(({ rung }) => rung).join(', ')}`).join('; ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
