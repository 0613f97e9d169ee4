import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { ulid } from '../../seed/ulid.ts';
import type { Act, Scene } from './history.ts';
import { differs, eachMember, type Seen } from './invariants.ts';
import type { Member } from './model.ts';
import { globalId } from './people.ts';

interface Ticket {
  readonly url: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

const START = `mutation ($input: PhotoUploadInput!) {
  done: startPhotoUpload(input: $input) { ticket { url fields { name value } } userErrors { code } }
}`;
const COMPLETE = 'mutation ($id: ID!) { completePhotoUpload(photoId: $id) { userErrors { code } } }';

const picture = sharp({ create: { width: 64, height: 48, channels: 3, background: '#3366aa' } })
  .jpeg()
  .toBuffer();
const noPicture = Buffer.from('<?php');

/** Starts an upload and sends a file, which one time in four is no picture; every other time says, too, that it has done so. */
export function uploadPhoto({ system, model, next }: Scene, member: Member, name: string): Act {
  const photoId = ulid(system.local.clock.now(), `photo ${name} ${member.name}`);
  const [becomes, tells] = [next() < 0.75 ? ('READY' as const) : ('FAILED' as const), next() < 0.5];
  const input = { idempotencyKey: photoId, contentType: 'image/jpeg', bytes: 1_000, altText: name };
  return {
    member,
    mutation: START,
    variables: { input },
    async done(answer) {
      const { ticket } = answer as { readonly ticket: Ticket };
      await sendFile(ticket, becomes === 'READY' ? await picture : noPicture);
      model.photos.push({ photoId, owner: member.name, becomes });
      if (tells) await system.ask(member.token, COMPLETE, { id: globalId('Photo', photoId) });
    },
  };
}

/** As a browser does. */
async function sendFile({ url, fields }: Ticket, file: Uint8Array): Promise<void> {
  const form = new FormData();
  for (const { name, value } of fields) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(file)]), 'picture');
  const { status } = await fetch(url, { method: 'POST', body: form });
  if (status !== 204) throw new Error(`the store answered ${status} to the form of an upload`);
}

const PHOTO = 'query ($id: ID!) { node(id: $id) { ... on Photo { status variants { url } } } }';

interface PhotoAnswer {
  readonly node: { readonly status: string; readonly variants: readonly { readonly url: string }[] | null } | null;
}

/** What was sent is a picture in four variants, or has failed; and nothing is left in the bucket of uploads. */
export async function photos(seen: Seen): Promise<string[]> {
  const { system, model } = seen;
  const found = await eachMember(seen, async ({ name, token }) => {
    const lines: string[] = [];
    for (const { photoId, becomes } of model.photos.filter(({ owner }) => owner === name)) {
      const { node } = await system.ask<PhotoAnswer>(token, PHOTO, { id: globalId('Photo', photoId) });
      lines.push(...differs(`the photo ${photoId} of ${name}`, node?.status, becomes));
      const keys = (node?.variants ?? []).map(({ url }) => new URL(url).pathname.slice(1));
      lines.push(...differs(`the variants of ${photoId}`, keys.length, becomes === 'READY' ? 4 : 0));
      for (const Key of keys) {
        const object = new HeadObjectCommand({ Bucket: 'hiroba-dev-photos-123456789012', Key });
        const size = await system.s3.send(object).then(
          ({ ContentLength = 0 }) => ContentLength,
          () => 0,
        );
        if (size === 0) lines.push(`the variant ${Key} is not there`);
      }
    }
    return lines;
  });
  const { Contents = [] } = await system.s3.send(
    new ListObjectsV2Command({ Bucket: 'hiroba-dev-uploads-123456789012' }),
  );
  return [
    ...found,
    ...differs(
      'what is left in the bucket of uploads',
      Contents.map(({ Key }) => Key),
      [],
    ),
  ];
}
