import { storePhoto } from '../../support/social.ts';
import { ulid } from '../../support/ulid.ts';
import { mutation, query, type Requests } from '../request.ts';

export const photos: Requests = {
  'Query.node': {
    'a photo in no post': ({ photo }) => query(`node(id: "${photo.id}") { id }`, 'node'),
    'a photo in a PUBLIC post': ({ shownPhoto }) => query(`node(id: "${shownPhoto.id}") { id }`, 'node'),
  },
  'Photo.owner': {
    'a photo in a PUBLIC post': ({ open }) =>
      query(`post(id: "${open.id}") { photos { owner { id } } }`, 'post.photos'),
    'a photo in no post': ({ photo }) =>
      query(`node(id: "${photo.id}") { ... on Photo { owner { id } } }`, 'node.owner'),
  },
  'Photo.post': {
    'a photo in a PUBLIC post': ({ open }) => query(`post(id: "${open.id}") { photos { post { id } } }`, 'post.photos'),
    'a photo in no post': ({ photo }) =>
      query(`node(id: "${photo.id}") { ... on Photo { id post { id } } }`, 'node.id'),
  },
  'Mutation.startPhotoUpload': {
    'any picture': () =>
      mutation(
        `startPhotoUpload(input: { idempotencyKey: "${ulid()}", contentType: "image/jpeg", bytes: 1000, altText: "A cat" })`,
      ),
  },
  'Mutation.completePhotoUpload': {
    'an upload of the owner': async ({ members: { owner } }) =>
      mutation(`completePhotoUpload(photoId: "${(await storePhoto(owner, { status: 'PENDING_UPLOAD' })).id}")`),
  },
};
