import type { Outbox } from '../../services/outbox/index.ts';
import { messageJson } from '../../services/outbox/json.ts';
import type { Page } from '../pages.ts';
import { document, json } from './layout.ts';
import { listPage, PAGE_SIZE } from './listPage.ts';
import { messagePage } from './messagePage.ts';

/**
 * `/outbox?to=` and `/outbox/ID` for people, `/outbox.json?to=` for programs: what was delivered, oldest first. Null for any other path.
 */
export function outboxPage(outbox: Outbox, path: string, query: URLSearchParams): Page | null {
  const to = query.get('to')?.trim() || null;
  if (path === '/outbox.json') {
    return json({ messages: outbox.list(to === null ? {} : { to }).map(messageJson) });
  }
  if (path === '/outbox') {
    const before = Number(/^\d{1,15}$/.exec(query.get('before') ?? '')?.[0] ?? Number.MAX_SAFE_INTEGER);
    return listPage({ messages: outbox.newest({ to, before, limit: PAGE_SIZE + 1 }), to });
  }
  const id = /^\/outbox\/(\d{1,15})$/.exec(path)?.[1];
  if (id === undefined) return null;
  const message = outbox.find(id);
  return message ? messagePage(message) : document('Not here', NOT_HERE, 404);
}

const NOT_HERE = `<h1>There is no such message</h1>
<p>Messages with codes and passwords are forgotten when the system stops. <a href="/outbox">Outbox</a></p>`;
