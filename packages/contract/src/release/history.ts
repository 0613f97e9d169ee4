import { git } from '../review/revision.ts';
import type { Release } from './changelog.ts';

/** Each release's tag says what it changed: the history needs no file that could contradict it. The newest first. */
export function releasesOf(root: string): readonly Release[] {
  const listed = git(root, [
    'for-each-ref',
    '--sort=-version:refname',
    '--format=%(refname:short)%00%(creatordate:format:%Y-%m-%d)%00%(contents)%01',
    'refs/tags/contract/',
  ]);
  return listed.split('\u0001').flatMap((entry) => {
    const [tag = '', date = '', contents = ''] = entry.trim().split('\0');
    const [, version] = /^contract\/v(\d+\.\d+\.\d+)$/.exec(tag) ?? [];
    return version === undefined ? [] : [{ version, date, text: textOf(contents) }];
  });
}

/** A message is its subject, an empty line and the text. */
const textOf = (contents: string): string => contents.split('\n').slice(2).join('\n').trim() || 'The first release.';
