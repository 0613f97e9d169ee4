import sharp from 'sharp';
import { graphql, USER_ERRORS, type UserError } from './graphql.ts';
import type { Member } from './member.ts';
import { ulid } from './ulid.ts';

export interface Ticket {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly maxBytes: number;
  readonly expiresAt: string;
}

export interface UploadInput {
  readonly idempotencyKey?: string;
  readonly contentType?: string;
  readonly bytes?: number;
  readonly altText?: string | null;
}

export interface Started {
  readonly photo: { readonly id: string; readonly status: string } | null;
  readonly ticket: Ticket | null;
  readonly userErrors: readonly UserError[];
}

const START = `mutation ($input: PhotoUploadInput!) {
  startPhotoUpload(input: $input) {
    photo { id status altText }
    ticket { url fields { name value } maxBytes expiresAt }
    ${USER_ERRORS}
  }
}`;

/** Answers the payload, refusals included. */
export async function startUpload(owner: Member, input: UploadInput = {}): Promise<Started> {
  const defaults = { idempotencyKey: ulid(), contentType: 'image/jpeg', bytes: 1_000, altText: 'A cat' };
  const { data, errors } = await owner.send<{ startPhotoUpload: Started } | null>(START, {
    input: { ...defaults, ...input },
  });
  if (errors.length > 0 || !data) throw new Error(JSON.stringify(errors));
  return data.startPhotoUpload;
}

/** Sends the form as a browser does. */
export async function sendFile({ url, fields }: Ticket, file: Uint8Array, change: object = {}): Promise<Response> {
  const form = new FormData();
  const values = { ...Object.fromEntries(fields.map(({ name, value }) => [name, value])), ...change };
  for (const [name, value] of Object.entries(values)) form.append(name, String(value));
  form.append('file', new Blob([new Uint8Array(file)]), 'picture');
  return fetch(url, { method: 'POST', body: form });
}

/** Starts an upload and sends the file; the photo's global id. */
export async function upload(owner: Member, file: Uint8Array, input: UploadInput = {}): Promise<string> {
  const { photo, ticket, userErrors } = await startUpload(owner, { bytes: file.byteLength, ...input });
  if (!photo || !ticket) throw new Error(JSON.stringify(userErrors));
  const { status } = await sendFile(ticket, file);
  if (status !== 204) throw new Error(`the store answered ${status}`);
  return photo.id;
}

/** A photograph as a phone takes it: lying on its side, and saying so, and where it was taken. */
export async function photograph(width = 1_600, height = 1_200): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#3366aa' } })
    .composite([
      { input: { create: { width: width / 2, height, channels: 3, background: '#ee8833' } }, left: 0, top: 0 },
    ])
    .jpeg()
    .withExif({
      IFD0: { Make: 'Hiroba', Model: 'Test camera' },
      IFD3: { GPSLatitude: '35/1 39/1 31/1', GPSLatitudeRef: 'N' },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

export interface Variant {
  readonly size: 'THUMB' | 'FEED';
  readonly format: 'WEBP' | 'JPEG';
  readonly width: number;
  readonly height: number;
  readonly url: string;
}

export interface ShownPhoto {
  readonly id: string;
  readonly status: string;
  readonly failure: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly blurhash: string | null;
  readonly altText: string | null;
  readonly variants: readonly Variant[] | null;
}

export const PHOTO = 'id status failure width height blurhash altText variants { size format width height url }';

/** As its owner sees it; null when it is gone. */
export async function photoOf(owner: Member, id: string): Promise<ShownPhoto | null> {
  const { authorization } = owner;
  const query = `query ($id: ID!) { node(id: $id) { ... on Photo { ${PHOTO} } } }`;
  const { data } = await graphql<{ node: ShownPhoto | null }>({ authorization }, query, { id });
  return data.node;
}
