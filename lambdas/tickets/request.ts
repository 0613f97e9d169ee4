/** What a resolver asks for: resolvers/shared/ticket.ts. */
export type TicketRequest =
  | { readonly kind: 'PHOTO'; readonly photoId: string; readonly contentType: ContentType }
  | { readonly kind: 'EVIDENCE'; readonly reportId: string; readonly number: number }
  /** Cookies for the photos that members may see. */
  | { readonly kind: 'MEDIA' };

export type ContentType = (typeof contentTypes)[number];

const contentTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

type Payload = Readonly<Record<string, unknown>>;

/** @throws Error for what no resolver of ours sends: a name that is no ULID could lead anywhere in the bucket. */
export function readTicketRequest(payload: unknown): TicketRequest {
  const members = (payload ?? {}) as Payload;
  switch (members.kind) {
    case 'PHOTO':
      return { kind: 'PHOTO', photoId: ulidIn(members, 'photoId'), contentType: contentTypeIn(members) };
    case 'EVIDENCE':
      return { kind: 'EVIDENCE', reportId: ulidIn(members, 'reportId'), number: numberIn(members) };
    case 'MEDIA':
      return { kind: 'MEDIA' };
    default:
      throw new Error(`no ticket is of the kind ${String(members.kind)}`);
  }
}

function ulidIn(members: Payload, name: string): string {
  const value = members[name];
  if (typeof value !== 'string' || !ULID.test(value)) throw new Error(`${name} is no ULID`);
  return value;
}

function contentTypeIn({ contentType }: Payload): ContentType {
  const known = contentTypes.find((each) => each === contentType);
  if (known === undefined) throw new Error(`contentType is none of ${contentTypes.join(', ')}`);
  return known;
}

/** Files of one report. */
const MAX_NUMBER = 10;

function numberIn({ number }: Payload): number {
  if (typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= MAX_NUMBER) return number;
  throw new Error(`number is none of 1-${MAX_NUMBER}`);
}
