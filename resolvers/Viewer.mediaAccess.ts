import type { MediaAccess } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { askTickets, answeredBy } from './shared/ticket.ts';

/** For whoever is signed in: AppSync answers no field of Viewer to anybody else. */
export function request() {
  return askTickets({ kind: 'MEDIA' });
}

export function response(ctx: FieldContext) {
  return answeredBy<MediaAccess>(ctx);
}
