import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { manualClock } from '../../src/clock.ts';
import { createApiPort } from '../../src/server/apiPort.ts';
import { outboxPage } from '../../src/server/outbox/pages.ts';
import { createOutbox, type OutboxMail } from '../../src/services/outbox/index.ts';
import { send } from '../aws/support.ts';

const mail: OutboxMail = {
  html: null,
  headers: [{ name: 'From', value: 'Hiroba <hello@example.com>' }],
  attachments: [],
  messageId: 'm1',
  configurationSet: 'news',
  tags: { kind: 'digest' },
};

const news = (to: string, changes: object = {}) => ({
  channel: 'EMAIL' as const,
  to,
  subject: 'News',
  body: 'Read on.',
  source: 'ses/example.com',
  mail,
  ...changes,
});

async function startPages() {
  const outbox = createOutbox({ clock: manualClock(Date.parse('2026-03-01T09:00:00Z')) });
  const port = createApiPort({
    served: () => null,
    cloudfront: { find: () => null },
    cognito: { managedLogin: async () => null },
    pages: (path, query) => Promise.resolve(outboxPage(outbox, path, query)),
    log: () => undefined,
  });
  const server = createServer(port.onRequest);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port: number } = server.address() as AddressInfo;
  return {
    outbox,
    get: (path: string, headers: Record<string, string> = {}) => send(number, { method: 'GET', path, headers }),
  };
}

describe('/outbox.json', () => {
  it('has what was delivered, oldest first, and of one recipient when asked', async () => {
    const { outbox, get } = await startPages();
    outbox.add(news('hana@example.net'));
    outbox.add(news('ren@example.net', { undelivered: 'bounced' }));
    outbox.add({ channel: 'SMS', to: '+81312345678', subject: '', body: '123456', source: 'cognito-idp/p' });
    const all = await get('/outbox.json');
    expect(all.headers).toMatchObject({
      'content-type': 'application/json',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(JSON.parse(all.text)).toEqual({
      messages: [
        { id: '1', sentAt: Date.parse('2026-03-01T09:00:00Z'), ...news('hana@example.net') },
        {
          id: '3',
          sentAt: Date.parse('2026-03-01T09:00:00Z'),
          channel: 'SMS',
          to: '+81312345678',
          subject: '',
          body: '123456',
          source: 'cognito-idp/p',
        },
      ],
    });
    const some = await get(`/outbox.json?to=${encodeURIComponent('+81312345678')}`);
    expect((JSON.parse(some.text) as { messages: { id: string }[] }).messages.map(({ id }) => id)).toEqual(['3']);
  });

  it.each([
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page without an origin of its own', { origin: 'null' }],
    ['a name that was made to resolve to this machine', { host: 'evil.example' }],
  ])('is not for %s', async (_, headers) => {
    const { outbox, get } = await startPages();
    outbox.add(news('hana@example.net', { body: 'secret' }));
    for (const path of ['/outbox.json', '/outbox', '/outbox/1']) {
      const answer = await get(path, headers);
      expect(answer.status).toBe(403);
      expect(answer.text).not.toContain('secret');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('/outbox', () => {
  it('lists the newest first, and says what was not delivered and why', async () => {
    const { outbox, get } = await startPages();
    outbox.add(news('hana@example.net', { subject: 'First' }));
    outbox.add(news('hana@example.net', { subject: 'Second', undelivered: 'on the list' }));
    outbox.add(news('ren@example.net', { subject: '<b>Third</b> & "last"' }));
    const { text } = await get('/outbox');
    expect(text.match(/(?<=class="subject">).*(?=<\/span>)/g)).toEqual([
      '&lt;b&gt;Third&lt;/b&gt; &amp; &quot;last&quot;',
      'Second',
      'First',
    ]);
    expect(text.match(/Not delivered: .*(?=<\/span>)/g)).toEqual(['Not delivered: on the list']);
    const some = await get('/outbox?to=HANA@example.net');
    expect(some.text.match(/(?<=class="subject">).*(?=<\/span>)/g)).toEqual(['Second', 'First']);
    expect((await get('/outbox?to=%22%3E%3Cscript%3E')).text).toContain('value="&quot;&gt;&lt;script&gt;"');
  });

  it('goes back page by page', async () => {
    const { outbox, get } = await startPages();
    for (let number = 1; number <= 101; number++) outbox.add(news('hana@example.net', { subject: `News ${number}` }));
    const first = await get('/outbox?to=hana@example.net');
    expect(first.text).toContain('News 101<');
    expect(first.text).not.toContain('News 1<');
    const older = /href="([^"]*before[^"]*)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(older).toBe('/outbox?to=hana%40example.net&before=2');
    const second = await get(older);
    expect(second.text).toContain('News 1<');
    expect(second.text).not.toContain('News 2<');
    expect(second.text).not.toContain('Older');
  });

  it('shows a mail: its HTML in a frame without scripts, its text with links, its headers', async () => {
    const { outbox, get } = await startPages();
    outbox.add(
      news('hana@example.net', {
        body: 'See https://example.com/a?b=1&c=2. <script>alert(1)</script>',
        mail: { ...mail, html: '<p class="x">Hi</p><script>alert(1)</script>' },
      }),
    );
    const { status, headers, text } = await get('/outbox/1');
    expect(status).toBe(200);
    expect(text).toContain(
      '<iframe aria-labelledby="html" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="' +
        '&lt;!doctype html&gt;&lt;base target=&quot;_blank&quot;&gt;&lt;p class=&quot;x&quot;&gt;Hi&lt;/p&gt;' +
        '&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
    );
    expect(text).toContain(
      '<pre>See <a href="https://example.com/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">' +
        'https://example.com/a?b=1&amp;c=2</a>. &lt;script&gt;alert(1)&lt;/script&gt;</pre>',
    );
    expect(text).toContain('<dt>From</dt><dd>Hiroba &lt;hello@example.com&gt;</dd>');
    expect(text).not.toContain('<script');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  it.each(['/outbox/2', '/outbox/99999999999999999999', '/outbox/1%27', '/outbox/'])(
    'has nothing at %s',
    async (path) => {
      const { outbox, get } = await startPages();
      outbox.add(news('hana@example.net'));
      expect((await get(path)).status).toBe(404);
    },
  );
});
