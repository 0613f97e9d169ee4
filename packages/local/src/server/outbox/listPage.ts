import type { OutboxMessage } from '../../services/outbox/index.ts';
import type { Page } from '../pages.ts';
import { escapeHtml, timeElement } from './html.ts';
import { document } from './layout.ts';

export const PAGE_SIZE = 100;

export interface ListView {
  /** Newest first; more than a page: there are older ones. */
  readonly messages: readonly OutboxMessage[];
  /** They all went to this address; null: to anybody. */
  readonly to: string | null;
}

export function listPage({ messages, to }: ListView): Page {
  const shown = messages.slice(0, PAGE_SIZE);
  return document(
    'Outbox',
    `<h1>Outbox</h1>
<p class="faint">Mail and text messages that this system sent. None of them has left the machine.</p>
<form action="/outbox" role="search">
<label>Recipient <input name="to" value="${escapeHtml(to ?? '')}" autocomplete="off" spellcheck="false"></label>
<button>Show</button>
</form>
${shown.length === 0 ? `<p>${to === null ? 'Nothing has been sent.' : `Nothing has been sent to ${escapeHtml(to)}.`}</p>` : ''}
<ol class="messages">
${shown.map(item).join('\n')}
</ol>
${messages.length > PAGE_SIZE ? olderLink(shown.at(-1)?.id ?? '', to) : ''}`,
  );
}

function item({ id, to, subject, body, channel, sentAt, undelivered }: OutboxMessage): string {
  const title = channel === 'SMS' ? body : subject;
  return `<li><a href="/outbox/${id}">
<span class="to">${escapeHtml(to)}</span>
<span class="subject">${escapeHtml(title === '' ? '(no subject)' : title)}</span>
${timeElement(sentAt)}
${undelivered === undefined ? '' : `<span class="undelivered">Not delivered: ${escapeHtml(undelivered)}</span>`}
</a></li>`;
}

function olderLink(before: string, to: string | null): string {
  const query = new URLSearchParams({ ...(to !== null && { to }), before });
  return `<p><a href="/outbox?${escapeHtml(query.toString())}">Older</a></p>`;
}
