import { runtime } from '@aws-appsync/utils';
import type { UploadTicket } from '../generated/schema.ts';
import type { StepContext } from '../shared/context.ts';
import type { PhotoItem } from '../shared/items.ts';
import { refused } from '../shared/refusals.ts';
import { answeredBy, askTickets } from '../shared/ticket.ts';

/** A ticket for the file of `stash.photo`, unless it has arrived. Writes `stash.ticket`. */
export function request(ctx: StepContext) {
  if (refused(ctx.stash)) {
    runtime.earlyReturn(null, { skipTo: 'END' });
  }
  const { photoId, contentType, status } = ctx.stash.photo as PhotoItem;
  if (status !== 'UPLOADING') {
    runtime.earlyReturn(null);
  }
  return askTickets({ kind: 'PHOTO', photoId, contentType: contentType as string });
}

export function response(ctx: StepContext) {
  ctx.stash.ticket = answeredBy<UploadTicket>(ctx);
  return null;
}
