import type { OutboxMail, OutboxMessage } from '../../services/outbox/index.ts';
import type { Page } from '../pages.ts';
import { escapeHtml, timeElement, withLinks } from './html.ts';
import { document } from './layout.ts';

export function messagePage(message: OutboxMessage): Page {
  const { to, subject, body, channel, mail, sentAt, undelivered } = message;
  const title = channel === 'SMS' ? `Text message to ${to}` : subject === '' ? '(no subject)' : subject;
  return document(
    title,
    `<p><a href="/outbox">Outbox</a></p>
<h1>${escapeHtml(title)}</h1>
${undelivered === undefined ? '' : `<p class="undelivered">Not delivered: ${escapeHtml(undelivered)}</p>`}
<dl>
${row('To', to)}
${from(mail)}
<dt>Sent</dt><dd>${timeElement(sentAt)}</dd>
${row('By', message.source)}
</dl>
${frame(mail?.html ?? null)}
${body === '' ? '' : `<h2>Text</h2>\n<pre>${withLinks(body)}</pre>`}
${mail === undefined ? '' : details(mail)}`,
  );
}

/** No scripts and no forms; a link opens a page of its own. */
function frame(html: string | null): string {
  if (html === null) return '';
  const source = escapeHtml(`<!doctype html><base target="_blank">${html}`);
  const sandbox = 'allow-popups allow-popups-to-escape-sandbox';
  return `<h2 id="html">HTML</h2>\n<iframe aria-labelledby="html" sandbox="${sandbox}" srcdoc="${source}"></iframe>`;
}

function from(mail: OutboxMail | undefined): string {
  const header = mail?.headers.find(({ name }) => name.toLowerCase() === 'from');
  return header ? row('From', header.value) : '';
}

function details({ headers, attachments, configurationSet, tags }: OutboxMail): string {
  const settings = [
    ...(configurationSet === null ? [] : [row('Configuration set', configurationSet)]),
    ...Object.entries(tags).map(([name, value]) => row(`Tag ${name}`, value)),
  ];
  return `${attachments.length === 0 ? '' : attached(attachments)}
<details><summary>Headers</summary>
<dl>
${headers.map(({ name, value }) => row(name, value)).join('\n')}
</dl>
</details>
${settings.length === 0 ? '' : `<details><summary>SES</summary>\n<dl>\n${settings.join('\n')}\n</dl>\n</details>`}`;
}

function attached(attachments: OutboxMail['attachments']): string {
  const items = attachments.map(
    ({ name, contentType, bytes }) => `<li>${escapeHtml(name)} (${escapeHtml(contentType)}, ${bytes} bytes)</li>`,
  );
  return `<h2>Attachments</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

const row = (name: string, value: string): string => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`;
