import { type Capabilities, CapabilityError } from './bridge.ts';

const NORMALIZATION_FORMS: Readonly<Record<string, 'NFC' | 'NFD' | 'NFKC' | 'NFKD'>> = {
  nfc: 'NFC',
  nfd: 'NFD',
  nfkc: 'NFKC',
  nfkd: 'NFKD',
};

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\n': '\\n',
  '\t': '\\t',
  '\f': '\\f',
  '\r': '\\r',
  "'": "\\'",
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
};

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new CapabilityError('The argument must be a string.');
}

/** As Apache Commons' `escapeEcmaScript`: also the slash, and everything outside ASCII as `\\uXXXX`. */
function escapeJavaScript(value: string): string {
  return value.replace(/['"\\/]|[^ -~]/g, (character) => {
    const hex = character.charCodeAt(0).toString(16).toUpperCase();
    return ESCAPES[character] ?? `\\u${hex.padStart(4, '0')}`;
  });
}

/** `application/x-www-form-urlencoded` as Java's `URLEncoder` writes it. */
function urlEncode(value: string): string {
  return encodeURIComponent(value.toWellFormed())
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

function urlDecode(value: string): string {
  if (/%(?![\dA-Fa-f]{2})/.test(value)) {
    throw new CapabilityError('URLDecoder: Illegal hex characters in escape (%) pattern');
  }
  return value
    .replaceAll('+', ' ')
    .replace(/(?:%[\dA-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
}

function base64Decode(value: string): string {
  const bare = value.replace(/={1,2}$/, '');
  const illegal = /[^A-Za-z0-9+/]/.exec(bare);
  if (illegal) throw new CapabilityError(`Illegal base64 character ${illegal[0].charCodeAt(0).toString(16)}`);
  if (bare.length % 4 === 1) throw new CapabilityError('Last unit does not have enough valid bits');
  return Buffer.from(bare, 'base64').toString('utf8');
}

function normalize(value: string, form: unknown): string {
  const name = typeof form === 'string' ? form.toLowerCase() : '';
  const normalForm = Object.hasOwn(NORMALIZATION_FORMS, name) ? NORMALIZATION_FORMS[name] : undefined;
  if (!normalForm) throw new CapabilityError('The normalization type must be nfc, nfd, nfkc or nfkd.');
  return value.normalize(normalForm);
}

export const textCapabilities: Capabilities = {
  escapeJavaScript: (value) => escapeJavaScript(text(value)),
  urlEncode: (value) => urlEncode(text(value)),
  urlDecode: (value) => urlDecode(text(value)),
  base64Encode: (value) => Buffer.from(text(value), 'utf8').toString('base64'),
  base64Decode: (value) => base64Decode(text(value)),
  normalize: (value, form) => normalize(text(value), form),
  utf8Length: (value) => Buffer.byteLength(text(value), 'utf8'),
};
