import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { bucketName, s3, settled, storedKeys } from '../../support/aws.ts';
import { target } from '../../support/target.ts';
import { ulid } from '../../support/ulid.ts';
import { readTable } from '../readTable.ts';

export interface Door {
  readonly who: string;
  readonly at: string;
  readonly gets: string;
}

export const doors: readonly Door[] = readTable('doors.md', ['who', 'at', 'gets']).map(
  ({ values: [who = '', at = '', gets = ''] }) => ({ who, at, gets }),
);

/** `yes` or `no`. */
export async function tryDoor({ who, at }: Omit<Door, 'gets'>): Promise<string> {
  return (await isLetIn(who, at)) ? 'yes' : 'no';
}

async function isLetIn(who: string, at: string): Promise<boolean> {
  const [kind, name = '', prefix = ''] = at.split(' ');
  if (who === 'S3' && at === 'queue photos') return isToldOfArrivals();
  if (who === 'the CDN' && kind === 'function') return pageAnswers(name);
  if (kind !== 'bucket') throw new Error(`nobody knows how ${who} would ask for ${at}`);
  const bucket = await bucketName(name);
  return withObject(bucket, `${prefix}${ulid()}`, async (key) => {
    const url = who === 'the CDN' ? ofSite(`/${key}`) : new URL(`/${bucket}/${key}`, target.awsEndpoint);
    return (await textAt(url)) === CONTENT;
  });
}

/** What the functions say of an operation and of a member that are none: who may not call them gets another page. */
const PAGES: Readonly<Record<string, readonly [path: string, words: string]>> = {
  persistedQuery: [`/q/${'0'.repeat(64)}`, 'No public operation has this hash.'],
  unsubscribe: ['/unsubscribe?t=nobody', 'stop the digests in the settings'],
};

async function pageAnswers(name: string): Promise<boolean> {
  const [path, words] = PAGES[name] ?? [];
  if (path === undefined || words === undefined) throw new Error(`${name} has no page`);
  return (await textAt(ofSite(path))).includes(words);
}

const ofSite = (path: string): URL => new URL(path, target.endpoint);

const textAt = async (url: URL): Promise<string> => (await fetch(url)).text();

const CONTENT = 'x';

/** An object that root puts there for as long as it is used. */
export async function withObject(
  bucket: string,
  key: string,
  use: (key: string) => Promise<boolean>,
): Promise<boolean> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: CONTENT }));
  try {
    return await use(key);
  } finally {
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }
}

/** The worker throws away the file of a photo that is none. */
async function isToldOfArrivals(): Promise<boolean> {
  const key = 'photos/01JZZZZZZZZZZZZZZZZZZZZZZZ';
  await s3.send(new PutObjectCommand({ Bucket: await bucketName('uploads'), Key: key, Body: CONTENT }));
  await settled();
  return !(await storedKeys('uploads', key)).includes(key);
}
