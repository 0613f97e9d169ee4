import type { PhotosMessage } from '../shared/photosMessages.ts';
import { MalformedRecord, type Change, type Image } from '../shared/records.ts';

/** What a change of a photo asks the worker for. */
export interface Step {
  readonly change: Change;
  readonly message: PhotosMessage;
  readonly trace: string | undefined;
}

/** None for most changes, those of the worker among them. @throws MalformedRecord */
export function stepsOf(change: Change): readonly Step[] {
  const { before, after } = change;
  const image = after ?? before;
  const photoId = image?.photoId;
  if (typeof photoId !== 'string' || photoId === '') throw new MalformedRecord('photoId is no text');
  const trace = typeof image?.trace === 'string' ? image.trace : undefined;
  const kinds = [
    ...(isUploaded(before, after) ? (['UPLOADED'] as const) : []),
    ...(isPublic(after) && !isPublic(before) ? (['OPENED'] as const) : []),
    ...(isShown(before) && !isShown(after) ? (['REMOVED'] as const) : []),
  ];
  return kinds.map((kind) => ({ change, message: { kind, photoId }, trace }));
}

function isUploaded(before: Image | null, after: Image | null): boolean {
  return before?.status === 'UPLOADING' && after?.status === 'PROCESSING';
}

/** Shown where everybody may see it. */
function isPublic(image: Image | null): boolean {
  return isShown(image) && (image?.visibility === 'PUBLIC' || image?.onProfile === true);
}

/** It has variants. The item of an erased account is deleted, that of a deleted post's photo marked. */
function isShown(image: Image | null): boolean {
  return image?.status === 'READY' && image.removedAt === undefined;
}
