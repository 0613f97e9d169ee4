import { describe, expect, it } from 'vitest';
import { graphqlByIam, notAuthorized, publicCaller } from '../support/graphql.ts';
import { newMember } from '../support/member.ts';
import { photograph, PHOTO, sendFile, startUpload } from '../support/photos.ts';
import { globalId, storePhoto, userId, type Written } from '../support/social.ts';
import { subscribe } from '../support/realtime.ts';

const PROCESSED = 'subscription ($id: ID!) { photoProcessed(id: $id) { id status width height owner { id } } }';
const [owner, other] = await Promise.all([newMember(), newMember()]);

const publish = ({ id }: Written) =>
  graphqlByIam(
    `mutation ($input: PublishPhotoInput!) {
      publishPhoto(input: $input) { id status width height owner { id } }
    }`,
    { input: { id, ownerId: userId(owner), status: 'READY', width: 640, height: 480 } },
  );

describe('a change in the status of a photo', () => {
  it.each([
    ['READY, with all that is shown of it', () => photograph(400, 300), { status: 'READY', width: 300, height: 400 }],
    [
      'FAILED, with the reason',
      () => Promise.resolve(Buffer.from('<?php')),
      { status: 'FAILED', failure: 'NOT_A_PICTURE' },
    ],
  ])('reaches its owner when the file was worked on: %s', async (_, file, expected) => {
    const { photo, ticket } = await startUpload(owner);
    if (!photo || !ticket) throw new Error('the upload was refused');
    const subscription = await subscribe<{ photoProcessed: object }>(
      owner,
      `subscription ($id: ID!) { photoProcessed(id: $id) { ${PHOTO} owner { id } } }`,
      { id: photo.id },
    );

    await sendFile(ticket, await file());
    const { photoProcessed } = await subscription.next();

    expect(photoProcessed).toMatchObject({ id: photo.id, altText: 'A cat', owner: { id: userId(owner) }, ...expected });
    const variants = expected.status === 'READY' ? [1, 2, 3, 4].map(() => ({ url: expect.any(String) })) : null;
    expect(photoProcessed).toMatchObject({ variants });
    subscription.close();
  });

  it('reaches its owner, who listens to that photo alone', async () => {
    const [photo, unrelated] = await Promise.all([1, 2].map(() => storePhoto(owner, { status: 'PROCESSING' })));
    if (!photo || !unrelated) throw new Error('two photos were stored');
    const subscription = await subscribe(owner, PROCESSED, { id: photo.id });

    await publish(unrelated);
    await publish(photo);

    expect(await subscription.next()).toEqual({
      photoProcessed: { id: photo.id, status: 'READY', width: 640, height: 480, owner: { id: userId(owner) } },
    });
    subscription.close();
  });

  it('is for nobody else, and not for photos that never were', async () => {
    const photo = await storePhoto(owner);
    const errors = [{ errorType: 'NotFound', message: 'There is no such photo, or it is not to be seen.' }];

    await expect(subscribe(other, PROCESSED, { id: photo.id })).rejects.toMatchObject({ errors });
    await expect(subscribe(owner, PROCESSED, { id: globalId('Photo', 'none') })).rejects.toMatchObject({ errors });
  });

  it('is not for the public', async () => {
    const { errorType, message } = notAuthorized('Subscription', 'photoProcessed');

    await expect(subscribe(publicCaller, PROCESSED, { id: (await storePhoto(owner)).id })).rejects.toMatchObject({
      errors: [{ errorType, message }],
    });
  });
});
