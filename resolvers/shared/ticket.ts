import type { LambdaRequest } from '@aws-appsync/utils';
import { fail } from './errors.ts';

/** What the function `tickets` is asked for: lambdas/tickets/request.ts. */
export type TicketRequest =
  | { kind: 'PHOTO'; photoId: string; contentType: string }
  | { kind: 'EVIDENCE'; reportId: string; number: number }
  | { kind: 'MEDIA' };

export function askTickets(payload: TicketRequest): LambdaRequest {
  return { operation: 'Invoke', payload };
}

type Answered = { result: unknown; error?: { message: string; type: string } };

export function answeredBy<Answer>(ctx: Answered): Answer {
  if (ctx.error) {
    fail(ctx.error);
  }
  return ctx.result as Answer;
}
