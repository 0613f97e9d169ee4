import type { JsonObject } from '../../json.ts';
import type { OutboxMessage } from './model.ts';

/** A message as the control and the page `/outbox.json` answer it. */
export function messageJson({ mail, ...message }: OutboxMessage): JsonObject {
  if (mail === undefined) return { ...message };
  return {
    ...message,
    mail: {
      ...mail,
      headers: mail.headers.map((header) => ({ ...header })),
      attachments: mail.attachments.map((attachment) => ({ ...attachment })),
      tags: { ...mail.tags },
    },
  };
}
