import { type Finding, sections } from '../finding.ts';
import { count, sectionTitles, severityWords } from '../report/parts.ts';

/** For a terminal: what blocks and what to look at; of what is safe only how much. */
export function lines(findings: readonly Finding[]): readonly string[] {
  return sections.flatMap((section) => {
    const own = findings.filter((finding) => finding.section === section);
    if (own.length === 0) return [];
    const safe = count(own, 'safe');
    return [
      sectionTitles[section],
      ...own.filter(({ severity }) => severity !== 'safe').flatMap(line),
      ...(safe > 0 ? [`  ${safe} safe`] : []),
    ];
  });
}

const line = ({ severity, subject, message, operations, remedy }: Finding): readonly string[] => [
  `  ${severityWords[severity].padEnd(10)} ${subject} ${message}${operations.length > 0 ? ` (${operations.join(', ')})` : ''}`,
  ...(remedy === undefined ? [] : [`             ${remedy}`]),
];
