import type { Finding } from '../finding.ts';
import { bumpOf } from './version.ts';

export interface Release {
  readonly version: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Below the heading. */
  readonly text: string;
}

const HEADINGS = [
  ['Breaking', 'major'],
  ['Added and changed', 'minor'],
  ['Words', 'patch'],
] as const;

/** What a release says of itself: what breaks first. */
export function releaseText(findings: readonly Finding[]): string {
  const parts = HEADINGS.flatMap(([heading, bump]) => {
    const own = findings.filter((finding) => bumpOf([finding]) === bump);
    if (own.length === 0) return [];
    return [`### ${heading}\n\n${own.map(({ subject, message }) => `- \`${subject}\`: ${message}`).join('\n')}`];
  });
  return parts.length > 0 ? parts.join('\n\n') : 'Nothing that front ends see.';
}

/** The newest first. */
export const changelog = (releases: readonly Release[]): string =>
  `${['# Changelog', ...releases.map(({ version, date, text }) => `## ${version} (${date})\n\n${text}`)].join('\n\n')}\n`;
