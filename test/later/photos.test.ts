import { expect, test } from 'vitest';
import { isLocal, settled, storedItem } from '../support/aws.ts';
import { now, travelTo } from '../support/clock.ts';
import { newMember } from '../support/member.ts';
import { photograph, startUpload, upload } from '../support/photos.ts';
import { ulid } from '../support/ulid.ts';

const HOUR = 60 * 60 * 1_000;

test.skipIf(!isLocal)('a photo whose file never came is dropped after a day, and one that is ready stays', async () => {
  const [owner, start] = [await newMember(), await now()];
  const key = ulid(start);
  const { photo } = await startUpload(owner, { idempotencyKey: key });
  const ready = await upload(owner, await photograph(60, 40), { idempotencyKey: ulid(start) });
  await settled();

  await travelTo(start + 23 * HOUR);
  expect(await storedItem('media', { photoId: key })).toMatchObject({ status: 'UPLOADING' });
  await travelTo(start + 25 * HOUR);

  expect(photo?.status).toBe('UPLOADING');
  expect(await storedItem('media', { photoId: key })).toBeUndefined();
  const photoId = Buffer.from(ready, 'base64url').toString().slice('Photo:'.length);
  expect(await storedItem('media', { photoId })).toMatchObject({ status: 'READY' });
});
