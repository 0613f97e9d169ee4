import type { MutationStartPhotoUploadArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { MAX_ALT_TEXT_BYTES, MAX_UPLOAD_BYTES } from './shared/limits.ts';
import { toPhoto } from './shared/photo.ts';
import { refuse } from './shared/refusals.ts';
import { checkText } from './shared/text.ts';
import { checkIdempotencyKey } from './shared/ulid.ts';

const contentTypes = ['image/jpeg', 'image/png', 'image/webp'];

export function request(ctx: FieldContext<MutationStartPhotoUploadArgs>) {
  const { idempotencyKey, contentType, bytes, altText } = ctx.args.input;
  const field = ['input', 'altText'];
  ctx.stash.userErrors = [];
  checkIdempotencyKey(ctx.stash, idempotencyKey);
  if (contentTypes.indexOf(contentType) < 0) {
    refuse(ctx.stash, 'INVALID', `The content type must be one of ${contentTypes.join(', ')}.`, [
      'input',
      'contentType',
    ]);
  }
  checkSize(ctx, bytes);
  checkText(ctx.stash, altText ?? 'none', {
    label: 'The alternative text',
    field,
    maxBytes: MAX_ALT_TEXT_BYTES,
    blank: false,
  });
  return {};
}

function checkSize(ctx: FieldContext<MutationStartPhotoUploadArgs>, bytes: number): void {
  const field = ['input', 'bytes'];
  if (bytes < 1) {
    refuse(ctx.stash, 'INVALID', 'An empty file is no picture.', field);
  } else if (bytes > MAX_UPLOAD_BYTES) {
    const excess = `is ${bytes} bytes long; at most ${MAX_UPLOAD_BYTES} bytes are allowed`;
    refuse(ctx.stash, 'TOO_LONG', `The file ${excess}: make the picture smaller.`, field);
  }
}

export function response(ctx: FieldContext<MutationStartPhotoUploadArgs>) {
  const { photo, ticket, userErrors } = ctx.stash;
  return { photo: photo ? toPhoto(photo) : null, ticket: ticket ?? null, userErrors };
}
