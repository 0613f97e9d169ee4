import { describe, expect, test } from 'vitest';
import { readPhotosMessage } from './photosMessages.ts';

const photoId = '01JJXF4C000000000000000000';
const arrived = (key: unknown) => ({ Records: [{ s3: { object: { key } } }] });

describe('a message to photos', () => {
  test.each([
    ['from the table', { kind: 'UPLOADED', photoId }, { kind: 'UPLOADED', photoId }],
    ['from the table of what is public', { kind: 'OPENED', photoId }, { kind: 'OPENED', photoId }],
    ['from the table of what is gone', { kind: 'REMOVED', photoId: 'a-b' }, { kind: 'REMOVED', photoId: 'a-b' }],
    ['from S3', arrived(`photos/${photoId}`), { kind: 'ARRIVED', photoIds: [photoId] }],
    ['from S3 with an encoded name', arrived(`photos%2F${photoId}`), { kind: 'ARRIVED', photoIds: [photoId] }],
    ['from S3 at first', { Service: 'Amazon S3', Event: 's3:TestEvent' }, { kind: 'TRIED' }],
  ])('comes %s', (_, body, message) => {
    expect(readPhotosMessage(body)).toEqual(message);
  });

  test.each([
    ['another kind', { kind: 'OTHER', photoId }, 'kind is none of UPLOADED, OPENED, REMOVED'],
    ['no id', { kind: 'UPLOADED' }, 'photoId is no text'],
    ['a path for an id', { kind: 'UPLOADED', photoId: '../x' }, 'photoId is no id'],
    ['another object', arrived('photos/../x'), 'the object photos/../x is no upload of a photo'],
    ['no object', { Records: [{}] }, 'a record of S3 names no object'],
    ['a record that is none', { Records: [null] }, 'a record of S3 names no object'],
  ])('is not understood with %s', (_, body, problem) => {
    expect(() => readPhotosMessage(body)).toThrow(problem);
  });
});
