import { badRequest } from './input.ts';

/** One mailbox of a header or a parameter. */
export interface Mailbox {
  /** `hana@example.com`, as written. */
  readonly address: string;
  /** Still encoded; empty without one. */
  readonly displayName: string;
}

/** https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const MAX_ADDRESS_CHARACTERS = 320;

/**
 * `hana@example.com`, `<hana@example.com>` or `Hana <hana@example.com>`. Throws `BadRequestException`: SES has no
 * SMTPUTF8, so names in other scripts come as encoded words, and domains in Punycode.
 */
export function parseMailbox(text: string): Mailbox {
  if (!isPrintableAscii(text)) {
    throw badRequest(`"${text}" is not printable ASCII: names want the encoded words of RFC 2047, domains Punycode`);
  }
  const trimmed = text.trim();
  const open = trimmed.endsWith('>') ? trimmed.lastIndexOf('<') : -1;
  const address = open < 0 ? trimmed : trimmed.slice(open + 1, -1).trim();
  const displayName = open < 0 ? '' : unquoted(trimmed.slice(0, open).trim());
  refuseMalformed(address);
  return { address, displayName };
}

/** The mailboxes of a header, which commas divide, but not within quotes. */
export function parseMailboxList(text: string): Mailbox[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === ',' && !quoted) parts.push(part);
    part = character === ',' && !quoted ? '' : part + character;
  }
  return [...parts, part].filter((one) => one.trim() !== '').map(parseMailbox);
}

/** In lower case, which is how identities and suppressed addresses are compared. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

function refuseMalformed(address: string): void {
  const at = address.lastIndexOf('@');
  if (at < 0 || at === address.length - 1) throw badRequest("Missing final '@domain'");
  if (at === 0) throw badRequest('User name is missing');
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (/\s/.test(local)) throw badRequest('Local address contains control or whitespace');
  const malformed = !/^[^()<>,;:\\"@[\]]+$/.test(local) || !/^[A-Za-z0-9]([A-Za-z0-9-.]*[A-Za-z0-9])?$/.test(domain);
  if (malformed || domain.includes('..') || address.length > MAX_ADDRESS_CHARACTERS) {
    throw badRequest(`Illegal address: ${address.slice(0, MAX_ADDRESS_CHARACTERS)}`);
  }
}

const unquoted = (name: string): string => {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(name)?.[1];
  return quoted === undefined ? name : quoted.replace(/\\(.)/g, '$1');
};

function isPrintableAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
