import { accessOf } from '../access/access.ts';
import { compareAccess } from '../access/compareAccess.ts';
import { readContract } from '../contract/readContract.ts';
import type { Finding } from '../finding.ts';
import { layOut } from '../review/trees.ts';
import { newestTag, resolveBase } from '../review/revision.ts';
import { compareSchemas } from '../schema/compareSchemas.ts';
import { usersOf, usesOf } from '../schema/uses.ts';
import { type Release, releaseText } from './changelog.ts';
import { releasesOf } from './history.ts';
import { bumpOf, nextVersion } from './version.ts';

export interface Plan {
  /** What the working tree would be released as; as now where nothing changed. */
  readonly version: string;
  readonly changes: boolean;
  /** What this release says of itself. */
  readonly text: string;
  /** With this one, the newest first. */
  readonly releases: readonly Release[];
}

/** What a release of the working tree would be. */
export async function planRelease(root: string, now: Date): Promise<Plan> {
  const after = readContract(root);
  const tag = newestTag(root);
  const date = now.toISOString().slice(0, 10);
  const earlier = releasesOf(root);
  if (tag === undefined) {
    const text = 'The first release.';
    return { version: nextVersion(null, 'none'), changes: true, text, releases: [{ version: '1.0.0', date, text }] };
  }
  const base = resolveBase(root, tag);
  if (base.kind === 'nothing') throw new Error(`${tag} is a tag and no revision`);
  const before = readContract(layOut(root, base.commit));
  const uses = [usesOf(before), usesOf(after)];
  const findings: readonly Finding[] = [
    ...(await compareSchemas(before, after, now)),
    ...compareAccess(accessOf(before), accessOf(after), (coordinate) => usersOf(coordinate, ...uses)),
  ];
  const bump = bumpOf(findings);
  const version = nextVersion(tag.replace('contract/v', ''), bump);
  if (bump === 'none') return { version, changes: false, text: '', releases: earlier };
  const text = releaseText(findings);
  return { version, changes: true, text, releases: [{ version, date, text }, ...earlier] };
}
