import { util } from '@aws-appsync/utils';

/** Without padding. The replacements are split and join, since AppSync's replaceAll takes a Java regular expression. */
export function encodeBase64Url(text: string): string {
  return util.base64Encode(text).split('+').join('-').split('/').join('_').split('=').join('');
}

/** Null for what encodeBase64Url cannot have made. */
export function decodeBase64Url(encoded: string): string | null {
  if (encoded.length % 4 === 1 || !util.matches('^[A-Za-z0-9_-]{1,256}$', encoded)) {
    return null;
  }
  const padding = ['', '', '==', '='][encoded.length % 4];
  const text = util.base64Decode(`${encoded.split('-').join('+').split('_').join('/')}${padding}`);
  return encodeBase64Url(text) === encoded ? text : null;
}
