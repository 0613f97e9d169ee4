import type { MutationSendAnnouncementArgs } from './generated/schema.ts';
import { toAnnouncement } from './shared/announcement.ts';
import type { FieldContext } from './shared/context.ts';
import { MAX_ANNOUNCEMENT_BYTES } from './shared/limits.ts';
import { checkText } from './shared/text.ts';
import { checkIdempotencyKey } from './shared/ulid.ts';

export function request(ctx: FieldContext<MutationSendAnnouncementArgs>) {
  const { idempotencyKey, bodyEnglish, bodyJapanese } = ctx.args.input;
  const bounds = { maxBytes: MAX_ANNOUNCEMENT_BYTES, blank: false };
  ctx.stash.userErrors = [];
  checkIdempotencyKey(ctx.stash, idempotencyKey);
  checkText(ctx.stash, bodyEnglish, { label: 'The English text', field: ['input', 'bodyEnglish'], ...bounds });
  checkText(ctx.stash, bodyJapanese, { label: 'The Japanese text', field: ['input', 'bodyJapanese'], ...bounds });
  return {};
}

export function response(ctx: FieldContext<MutationSendAnnouncementArgs>) {
  const { announcement, userErrors } = ctx.stash;
  return { announcement: announcement ? toAnnouncement(announcement) : null, userErrors };
}
