import type { CachePolicy, EdgeRequest, Selection } from './model.ts';

/** The part of a request that answers are kept by, which is also all that the origin gets of it. */
export interface Selected {
  readonly key: string;
  /** The selected parameters as sent, in their order. */
  readonly query: string;
  /** Selected headers, `cookie` and the normalized `accept-encoding`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html */
export function selectFrom(request: EdgeRequest, policy: CachePolicy): Selected {
  const query = pairs(request.query, '&')
    .filter((pair) => isSelected(policy.queryStrings, decoded(nameOf(pair))))
    .join('&');
  const cookie = pairs(request.headers['cookie'] ?? '', ';')
    .filter((pair) => isSelected(policy.cookies, nameOf(pair)))
    .join('; ');
  const named = policy.headers.flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const encoding = acceptedEncodings(request.headers['accept-encoding'] ?? '', policy.encodings);
  const headers = {
    ...Object.fromEntries(named),
    ...(cookie === '' ? {} : { cookie }),
    ...(encoding === '' ? {} : { 'accept-encoding': encoding }),
  };
  const key = JSON.stringify([request.path, query, Object.entries(headers).sort()]);
  return { key, query, headers };
}

function pairs(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
}

const nameOf = (pair: string): string => pair.split('=', 1)[0] ?? '';

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function isSelected(selection: Selection, name: string): boolean {
  if (!('names' in selection)) return selection.kind === 'all';
  return selection.names.has(name) === (selection.kind === 'whitelist');
}

/** `br,gzip` from whatever browsers write, so that they share answers. */
function acceptedEncodings(header: string, known: readonly string[]): string {
  const accepted = new Set(
    header
      .split(',')
      .map((one) => one.trim().split(';'))
      .filter(([, quality]) => !/^\s*q=0(\.0*)?\s*$/.test(quality ?? ''))
      .map(([name = '']) => name.trim().toLowerCase()),
  );
  return known.filter((name) => accepted.has(name)).join(',');
}
