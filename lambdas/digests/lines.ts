import { escapeHtml } from '../shared/html.ts';
import type { Language } from '../shared/mailMessages.ts';

/** One entry of a digest's list. */
export interface Line {
  readonly text: string;
  /** The same, escaped. */
  readonly html: string;
}

export interface Told {
  readonly kind: 'LIKE' | 'COMMENT' | 'FOLLOW';
  /** Of the latest who did it. */
  readonly name: string;
  /** How many did it beside. */
  readonly others: number;
  /** Of the post; empty for follows. */
  readonly body: string;
}

/** Characters of a post that are shown, as readers count them. */
const EXCERPT = 40;

export function lineOf(language: Language, told: Told): Line {
  const text = sentences[language]({ ...told, name: oneLine(told.name), body: excerpt(told.body) });
  return { text, html: escapeHtml(text) };
}

const sentences: Readonly<Record<Language, (told: Told) => string>> = {
  EN({ kind, name, others, body }) {
    const who = others === 0 ? name : `${name} and ${others} ${others === 1 ? 'other' : 'others'}`;
    if (kind === 'FOLLOW') return `${who} started following you`;
    return `${who} ${kind === 'LIKE' ? 'liked' : 'commented on'} your post “${body}”`;
  },
  JA({ kind, name, others, body }) {
    const who = others === 0 ? `${name}さん` : `${name}さん、ほか${others}人`;
    if (kind === 'FOLLOW') return `${who}があなたをフォローしました`;
    return `${who}があなたの投稿「${body}」に${kind === 'LIKE' ? '「いいね」' : 'コメント'}しました`;
  },
};

const characters = new Intl.Segmenter('ja', { granularity: 'grapheme' });

function excerpt(body: string): string {
  const all = Array.from(characters.segment(oneLine(body)), ({ segment }) => segment);
  return all.length <= EXCERPT ? all.join('') : `${all.slice(0, EXCERPT).join('')}…`;
}

/** Line breaks would end the entry. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
