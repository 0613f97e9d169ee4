import { type MailTemplate, page } from './layout.ts';

/** `handle`, `site`, `unsubscribe`; `lines` with `text` and `html` each; `more` when there are more than these. */
export const digest: { readonly en: MailTemplate; readonly ja: MailTemplate } = {
  en: {
    subject: 'New for you at Hiroba',
    text: `Hello @{{handle}},

this is new, and you have not read it yet:

{{#each lines}}- {{text}}
{{/each}}{{#if more}}And there is more.
{{/if}}
Open Hiroba: {{site}}

You get this mail since your settings ask for it. To stop it, without signing in: {{unsubscribe}}
`,
    html: page({
      language: 'en',
      title: 'New for you at Hiroba',
      body: `<h1 style="font-size:1.5rem">New for you at Hiroba</h1>
<p>Hello @{{handle}}, you have not read this yet:</p>
<ul>{{#each lines}}<li>{{html}}</li>{{/each}}</ul>
{{#if more}}<p>And there is more.</p>{{/if}}
<p><a href="{{site}}">Open Hiroba</a></p>`,
      footer: `<p>You get this mail since your settings ask for it.
<a href="{{unsubscribe}}">Stop these mails</a>, without signing in.</p>`,
    }),
  },
  ja: {
    subject: 'Hirobaの新しいお知らせ',
    text: `@{{handle}} さん

まだお読みになっていない新しいお知らせがあります。

{{#each lines}}・{{text}}
{{/each}}{{#if more}}ほかにもあります。
{{/if}}
Hirobaを開く: {{site}}

このメールは、設定で受け取りを選ばれた方にお送りしています。
配信を停止する（ログイン不要）: {{unsubscribe}}
`,
    html: page({
      language: 'ja',
      title: 'Hirobaの新しいお知らせ',
      body: `<h1 style="font-size:1.5rem">Hirobaの新しいお知らせ</h1>
<p>@{{handle}} さん、まだお読みになっていない新しいお知らせがあります。</p>
<ul>{{#each lines}}<li>{{html}}</li>{{/each}}</ul>
{{#if more}}<p>ほかにもあります。</p>{{/if}}
<p><a href="{{site}}">Hirobaを開く</a></p>`,
      footer: `<p>このメールは、設定で受け取りを選ばれた方にお送りしています。</p>
<p><a href="{{unsubscribe}}">配信を停止する</a>（ログイン不要）</p>`,
    }),
  },
};
