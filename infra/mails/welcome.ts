import { type MailTemplate, page } from './layout.ts';

/** `handle`, `site`. A handle has letters, digits and underscores, so that it needs no escape. */
export const welcome: { readonly en: MailTemplate; readonly ja: MailTemplate } = {
  en: {
    subject: 'Welcome to Hiroba',
    text: `Welcome to Hiroba, @{{handle}}!

Your profile is ready: {{site}}

Post something, follow people you know, and say in the settings whether you want a mail each morning, or each Monday,
about what you have not read yet. Unless you do, there is none.

You get this mail once, since this address has just made a profile at Hiroba. If it was not you, somebody has mistyped
an address: you need not do anything.
`,
    html: page({
      language: 'en',
      title: 'Welcome to Hiroba',
      body: `<h1 style="font-size:1.5rem">Welcome to Hiroba, @{{handle}}!</h1>
<p>Your profile is ready: <a href="{{site}}">open Hiroba</a>.</p>
<p>Post something, follow people you know, and say in the settings whether you want a mail each morning, or each Monday,
about what you have not read yet. Unless you do, there is none.</p>`,
      footer: `<p>You get this mail once, since this address has just made a profile at Hiroba. If it was not you, somebody has
mistyped an address: you need not do anything.</p>`,
    }),
  },
  ja: {
    subject: 'Hirobaへようこそ',
    text: `@{{handle}} さん、Hirobaへようこそ！

プロフィールができました: {{site}}

さっそく投稿したり、知り合いをフォローしたりしてみましょう。未読のお知らせを毎朝、または毎週月曜日の朝に
メールで受け取りたいときは、設定で選んでください。選ばなければ、メールは届きません。

このメールは、このアドレスでHirobaのプロフィールが作られたときに一度だけお送りしています。お心当たりがない場合は、
どなたかがアドレスを間違えたものと思われます。何もなさる必要はありません。
`,
    html: page({
      language: 'ja',
      title: 'Hirobaへようこそ',
      body: `<h1 style="font-size:1.5rem">@{{handle}} さん、Hirobaへようこそ！</h1>
<p>プロフィールができました。<a href="{{site}}">Hirobaを開く</a></p>
<p>さっそく投稿したり、知り合いをフォローしたりしてみましょう。</p>
<p>未読のお知らせを毎朝、または毎週月曜日の朝にメールで受け取りたいときは、設定で選んでください。選ばなければ、メールは届きません。</p>`,
      footer: `<p>このメールは、このアドレスでHirobaのプロフィールが作られたときに一度だけお送りしています。</p>
<p>お心当たりがない場合は、どなたかがアドレスを間違えたものと思われます。何もなさる必要はありません。</p>`,
    }),
  },
};
