import { type MailTemplate, page } from './layout.ts';

/** `handle`, `site`, `unsubscribe`; `text`, and `html`, which is the same, escaped, with line breaks. */
export const announcement: { readonly en: MailTemplate; readonly ja: MailTemplate } = {
  en: {
    subject: 'News from Hiroba',
    text: `Hello @{{handle}},

{{text}}

Open Hiroba: {{site}}

You get this mail since you receive digests. To stop both, without signing in: {{unsubscribe}}
`,
    html: page({
      language: 'en',
      title: 'News from Hiroba',
      body: `<h1 style="font-size:1.5rem">News from Hiroba</h1>
<p>Hello @{{handle}},</p>
<p>{{html}}</p>
<p><a href="{{site}}">Open Hiroba</a></p>`,
      footer: `<p>You get this mail since you receive digests.
<a href="{{unsubscribe}}">Stop both</a>, without signing in.</p>`,
    }),
  },
  ja: {
    subject: 'Hirobaからのお知らせ',
    text: `@{{handle}} さん

{{text}}

Hirobaを開く: {{site}}

このメールは、お知らせメールの受け取りを選ばれた方にお送りしています。
配信を停止する（ログイン不要）: {{unsubscribe}}
`,
    html: page({
      language: 'ja',
      title: 'Hirobaからのお知らせ',
      body: `<h1 style="font-size:1.5rem">Hirobaからのお知らせ</h1>
<p>@{{handle}} さん</p>
<p>{{html}}</p>
<p><a href="{{site}}">Hirobaを開く</a></p>`,
      footer: `<p>このメールは、お知らせメールの受け取りを選ばれた方にお送りしています。</p>
<p><a href="{{unsubscribe}}">配信を停止する</a>（ログイン不要）</p>`,
    }),
  },
};
