import type { ErrorCode } from '@hiroba/api/types';
import type { Language } from './messages';

/** What a code of the contract means for a person. A new code does not compile without its sentences. */
const userErrors: Readonly<Record<ErrorCode, Readonly<Record<Language, string>>>> = {
  NOT_FOUND: { en: 'It is no longer here.', ja: 'もうありません。' },
  NOT_OWNER: { en: 'Only whoever wrote it may do that.', ja: '書いた本人だけができます。' },
  BLANK: { en: 'Please write something.', ja: '何か書いてください。' },
  TOO_LONG: { en: 'That is too long.', ja: '長すぎます。' },
  INVALID: { en: 'That is not allowed here.', ja: '使えない値です。' },
  TAKEN: { en: 'Somebody else has that already.', ja: 'すでに使われています。' },
  IDEMPOTENCY_KEY_INVALID: {
    en: 'Something went wrong on our side. Please reload.',
    ja: '問題が起きました。再読み込みしてください。',
  },
  IDEMPOTENCY_KEY_REUSED: {
    en: 'That was sent before with other words. Please reload.',
    ja: '別の内容で送信済みです。再読み込みしてください。',
  },
  PROFILE_REQUIRED: { en: 'Choose a handle first.', ja: '先にハンドルを決めてください。' },
  ACCOUNT_NOT_ACTIVE: { en: 'This account is suspended.', ja: 'このアカウントは停止されています。' },
  BLOCKED: { en: 'One of you has blocked the other.', ja: 'ブロックされているか、ブロックしています。' },
  SELF: { en: 'That does not work with yourself.', ja: '自分にはできません。' },
  PHOTO_NOT_USABLE: { en: 'That photo cannot be used.', ja: 'その写真は使えません。' },
  ALT_TEXT_REQUIRED: { en: 'Please describe the photo.', ja: '写真の説明を書いてください。' },
  ARCHIVED: { en: 'This is in the archive and does not change any more.', ja: 'アーカイブ済みのため変更できません。' },
  ALREADY_DECIDED: { en: 'That was decided already.', ja: 'すでに決定されています。' },
  TOO_SOON: { en: 'That was just done. Please wait a while.', ja: 'まだ早すぎます。しばらくお待ちください。' },
  CONFLICT: {
    en: 'Something else happened at the same time. Please try again.',
    ja: '同時に変更がありました。もう一度お試しください。',
  },
  LIMIT_REACHED: {
    en: 'You have reached a limit. Please wait a while.',
    ja: '上限に達しました。しばらくお待ちください。',
  },
};

export const sentenceOf = (code: ErrorCode, language: Language): string => userErrors[code][language];

/** By the name of a Cognito error, or of a request that did not arrive. */
const failures: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  NotAuthorizedException: { en: 'E-mail or password is wrong.', ja: 'メールアドレスかパスワードが違います。' },
  UserNotFoundException: { en: 'E-mail or password is wrong.', ja: 'メールアドレスかパスワードが違います。' },
  UsernameExistsException: { en: 'There is an account with this address.', ja: 'このアドレスは登録済みです。' },
  InvalidPasswordException: {
    en: 'The password needs at least 12 characters.',
    ja: 'パスワードは12文字以上にしてください。',
  },
  CodeMismatchException: { en: 'The code is another one.', ja: 'コードが違います。' },
  ExpiredCodeException: { en: 'The code is too old. Ask for a new one.', ja: 'コードの期限が切れました。' },
  LimitExceededException: { en: 'Too often. Please wait a while.', ja: '回数が多すぎます。しばらくお待ちください。' },
};

const OTHER = {
  en: 'That did not work. Please try again.',
  ja: 'うまくいきませんでした。もう一度お試しください。',
} as const;
const UNREACHABLE = {
  en: 'The square cannot be reached. Please try again.',
  ja: '広場につながりません。もう一度お試しください。',
} as const;

export function failureSentence(error: unknown, language: Language): string {
  const name = error instanceof Error ? error.name : '';
  const known = failures[name];
  if (known) return known[language];
  return name === 'NetworkError' || name === 'TypeError' ? UNREACHABLE[language] : OTHER[language];
}
