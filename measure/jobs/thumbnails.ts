import sharp from 'sharp';
import { ulid } from '../../seed/ulid.ts';
import { type Row, timed } from './row.ts';
import type { Worker, Workshop } from './workshop.ts';

const PHOTOS = 24;
const AT_A_TIME = 4;
/** As a telephone takes them: 12 megapixels. */
const SIZE = { width: 4_000, height: 3_000 };
/** Two sizes in two formats. */
const VARIANTS = 4;

interface Ticket {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

const START = `mutation ($input: PhotoUploadInput!) {
  done: startPhotoUpload(input: $input) { ticket { url fields { name value } } userErrors { code } }
}`;

/** From the first file that is sent until the last one is shown. */
export async function thumbnails(workshop: Workshop): Promise<Row[]> {
  const [member, file] = [await workshop.newMember('photographer'), await photograph()];
  const tickets = await Promise.all(Array.from({ length: PHOTOS }, (_, index) => ticketFor(workshop, member, index)));
  const seconds = await timed(async () => {
    const rest = [...tickets];
    const send = async (): Promise<void> => {
      for (let ticket = rest.pop(); ticket; ticket = rest.pop()) await sendFile(ticket, file);
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, send));
    await workshop.system.idle();
  });
  const how = `${PHOTOS} photos of 12 MP, ${(file.byteLength / 1e6).toFixed(1)} MB each, sent ${AT_A_TIME} at a time`;
  return [{ what: 'thumbnails', value: (PHOTOS * VARIANTS) / seconds, unit: 'pictures/s', how }];
}

/** With some detail, without which a picture is a few kilobytes. */
function photograph(): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  return sharp({ create: { ...SIZE, channels: 3, background: '#3366aa', noise } })
    .blur(2)
    .jpeg()
    .toBuffer();
}

async function ticketFor({ system, mutate }: Workshop, member: Worker, index: number): Promise<Ticket> {
  const idempotencyKey = ulid(system.clock.now(), `photo ${index}`);
  const input = { idempotencyKey, contentType: 'image/jpeg', bytes: 1_000, altText: `${index}` };
  return (await mutate<{ ticket: Ticket }>(member, START, { input })).ticket;
}

async function sendFile({ url, fields }: Ticket, file: Uint8Array): Promise<void> {
  const form = new FormData();
  for (const { name, value } of fields) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(file)]), 'photo.jpg');
  const { status } = await fetch(url, { method: 'POST', body: form });
  if (status !== 204) throw new Error(`the store answered ${status}`);
}
