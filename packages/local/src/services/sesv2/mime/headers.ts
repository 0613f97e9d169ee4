import { decodeWords } from './decode.ts';

export interface MimeHeader {
  readonly name: string;
  /** Unfolded; encoded words as they are. */
  readonly value: string;
}

/** The header lines of a message or a part, and what follows the empty line after them. */
export function splitHeaders(bytes: Buffer): { readonly headers: readonly MimeHeader[]; readonly body: Buffer } {
  const { end, start } = emptyLine(bytes);
  const lines = bytes.toString('utf8', 0, end).split(/\r?\n/);
  const headers: MimeHeader[] = [];
  let current: string[] = [];
  const flush = (): void => {
    const line = current.join(' ');
    const colon = line.indexOf(':');
    if (colon > 0) headers.push({ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
  };
  for (const line of lines) {
    if (/^[ \t]/.test(line)) {
      current.push(line.trim());
      continue;
    }
    flush();
    current = [line];
  }
  flush();
  return { headers, body: bytes.subarray(start) };
}

function emptyLine(bytes: Buffer): { readonly end: number; readonly start: number } {
  const [crlf, lf] = [bytes.indexOf('\r\n\r\n'), bytes.indexOf('\n\n')];
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { end: crlf, start: crlf + 4 };
  if (lf >= 0) return { end: lf, start: lf + 2 };
  return { end: bytes.length, start: bytes.length };
}

/** The first of that name, or empty. */
export function headerValue(headers: readonly MimeHeader[], name: string): string {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
}

/** `text/plain; charset=utf-8` apart. Names and the value itself in lower case. */
export function parseParameters(value: string): {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
} {
  const [first = '', ...rest] = splitOutsideQuotes(value);
  const parameters = new Map<string, string>();
  for (const parameter of rest) {
    const equals = parameter.indexOf('=');
    if (equals < 0) continue;
    const name = parameter.slice(0, equals).trim().toLowerCase();
    const text = parameter.slice(equals + 1).trim();
    const unquoted = text.startsWith('"') ? text.slice(1, text.endsWith('"') ? -1 : undefined) : text;
    // RFC 2231 writes other scripts as filename*=UTF-8''%E5%86%99%E7%9C%9F.png
    if (name.endsWith('*')) parameters.set(name.slice(0, -1), percentDecoded(unquoted));
    else if (!parameters.has(name)) parameters.set(name, decodeWords(unquoted));
  }
  return { value: first.trim().toLowerCase(), parameters };
}

function splitOutsideQuotes(value: string): string[] {
  const parts: string[] = [''];
  let quoted = false;
  for (const character of value) {
    if (character === '"') quoted = !quoted;
    if (character === ';' && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function percentDecoded(text: string): string {
  const encoded = text.slice(text.lastIndexOf("'") + 1);
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
