import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../clock.ts';
import type { NewMessage, OutboxMessage } from './model.ts';
import { createMessageStore, type NewestView } from './store.ts';

export type { NewMessage, OutboxMail, OutboxMessage } from './model.ts';
export type { NewestView } from './store.ts';

export interface Outbox {
  /**
   * `keep`: it survives a restart. Without it the message is in memory only: it may carry a confirmation code or a
   * temporary password, which must not lie on a disk in clear and is worthless once the process that sent it is gone.
   */
  add(message: NewMessage, options?: { readonly keep?: boolean }): OutboxMessage;
  /** What reached a person, oldest first; all of it, or what went to one address. */
  list(filter?: { readonly to?: string }): readonly OutboxMessage[];
  /** A page of all that was sent, newest first, what was not delivered among it. */
  newest(view: NewestView): readonly OutboxMessage[];
  find(id: string): OutboxMessage | null;
}

export interface OutboxOptions {
  readonly clock: Clock;
  /** For what is kept; by default in memory, too. */
  readonly database?: DatabaseSync;
}

/** In memory. The oldest messages make room for new ones, so that a long seed run does not grow the process. */
export const MAX_PASSING_MESSAGES = 1_000;
/** On disk: enough for a mail to everybody in a large seed. */
export const MAX_KEPT_MESSAGES = 10_000;
const MEBIBYTE = 1024 * 1024;

export function createOutbox({ clock, database = new DatabaseSync(':memory:') }: OutboxOptions): Outbox {
  const passing = createMessageStore(new DatabaseSync(':memory:'), {
    messages: MAX_PASSING_MESSAGES,
    bytes: 16 * MEBIBYTE,
  });
  const kept = createMessageStore(database, { messages: MAX_KEPT_MESSAGES, bytes: 256 * MEBIBYTE });
  let latest = kept.latest();

  return {
    add(message, { keep = false } = {}) {
      latest += 1;
      const added = { id: String(latest), sentAt: clock.now(), ...message };
      (keep ? kept : passing).insert(added);
      return added;
    },
    list: ({ to = null }: { readonly to?: string | null } = {}) =>
      [...passing.list(to), ...kept.list(to)]
        .filter(({ undelivered }) => undelivered === undefined)
        .sort((a, b) => Number(a.id) - Number(b.id)),
    newest: (view) =>
      [...passing.newest(view), ...kept.newest(view)].sort((a, b) => Number(b.id) - Number(a.id)).slice(0, view.limit),
    find: (id) => (/^\d{1,15}$/.test(id) ? (passing.find(id) ?? kept.find(id)) : null),
  };
}
