import type { Finding } from '../finding.ts';

/** What a change of the contract is to those who installed it. */
export type Bump = 'major' | 'minor' | 'patch' | 'none';

/** Only what front ends see: schema and access. What was approved or promised no longer blocks, and breaks somebody all the same. */
const BREAKS = /(_REMOVED|_TYPE_CHANGED|_NARROWED|_STARVED|KIND_CHANGED)$/;
const ADDS = /_ADDED$/;

/** Major for what breaks somebody, minor for what adds or may surprise, patch for words. */
export function bumpOf(findings: readonly Finding[]): Bump {
  const seen = findings.filter(
    ({ section, code }) => (section === 'schema' || section === 'access') && !code.startsWith('CELL_'),
  );
  if (seen.length === 0) return 'none';
  const isWords = ({ code }: Finding): boolean => code.includes('DESCRIPTION') || code.includes('DEPRECATION');
  if (seen.some((finding) => !isWords(finding) && (finding.severity === 'blocking' || BREAKS.test(finding.code))))
    return 'major';
  if (seen.some((finding) => !isWords(finding) && (finding.severity === 'dangerous' || ADDS.test(finding.code))))
    return 'minor';
  return seen.every(isWords) ? 'patch' : 'minor';
}

/** @param version `X.Y.Z`; before the first release `null`. */
export function nextVersion(version: string | null, bump: Bump): string {
  if (version === null) return '1.0.0';
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (bump === 'major') return `${major + 1}.0.0`;
  if (bump === 'minor') return `${major}.${minor + 1}.0`;
  return bump === 'patch' ? `${major}.${minor}.${patch + 1}` : version;
}
