import { util } from '@aws-appsync/utils';
import type { Stash } from './context.ts';
import { MAX_HANDLE_CHARACTERS, MAX_HASHTAG_CHARACTERS } from './limits.ts';
import { refuse } from './refusals.ts';

/** Length in UTF-8, from the length in base64: the runtime has no other measure in bytes. */
export function byteLength(text: string): number {
  const encoded = util.base64Encode(text);
  const padding = encoded.endsWith('==') ? 2 : encoded.endsWith('=') ? 1 : 0;
  return (encoded.length / 4) * 3 - padding;
}

/** `blank`: whether nothing but white space will do. The label begins the sentence that refuses. */
export function checkText(
  stash: Stash,
  text: string,
  options: { label: string; field: string[]; maxBytes: number; blank: boolean },
): void {
  const bytes = byteLength(text);
  if (bytes > options.maxBytes) {
    const excess = `is ${bytes} bytes long; at most ${options.maxBytes} bytes are allowed`;
    refuse(stash, 'TOO_LONG', `${options.label} ${excess}.`, options.field);
  } else if (!options.blank && text.trim() === '') {
    refuse(stash, 'BLANK', `${options.label} must not be blank.`, options.field);
  }
}

/** NFKC turns full-width letters and marks into plain ones, so that `＠Ｔaro` and `@taro` are one. */
function fold(text: string): string {
  return util.str.normalize(text, 'nfkc').trim().toLowerCase();
}

/** A handle without its mark, in the form that is stored. Not checked. */
export function normalizeHandle(text: string): string {
  const folded = fold(text);
  return folded.startsWith('@') ? folded.slice(1) : folded;
}

/** Of a handle in stored form, or of its first characters. */
export function isHandle(handle: string): boolean {
  return util.matches(`^[\\p{L}\\p{M}\\p{N}_]{2,${MAX_HANDLE_CHARACTERS}}$`, handle);
}

/** A hashtag without its mark, in the form that is stored. Not checked. `＃` is `#` after NFKC. */
export function normalizeHashtag(text: string): string {
  const folded = fold(text);
  return folded.startsWith('#') ? folded.slice(1) : folded;
}

/** Of a name in stored form. */
export function isHashtag(name: string): boolean {
  return util.matches(`^[\\p{L}\\p{M}\\p{N}_]{1,${MAX_HASHTAG_CHARACTERS}}$`, name);
}

/**
 * Names of the hashtags in a text, in order of appearance, each once, at most `limit` + 1, so that the caller can tell
 * that there are too many. A name ends before the first character that is no letter, mark, digit or underscore.
 */
export function hashtagsIn(text: string, limit: number): string[] {
  const names: string[] = [];
  for (const part of fold(text).split('#').slice(1)) {
    // The first argument of replaceAll is a Java regular expression.
    const name = part.replaceAll('[^\\p{L}\\p{M}\\p{N}_]', ' ').split(' ')[0] as string;
    if (isHashtag(name) && names.indexOf(name) < 0) {
      names.push(name);
    }
    if (names.length > limit) {
      break;
    }
  }
  return names;
}
