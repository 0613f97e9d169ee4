import { type MailTemplate, page } from './layout.ts';

/** `handle`, `site`. No link to the data itself: whoever reads another's mail would have it. */
export const exportReady: { readonly en: MailTemplate; readonly ja: MailTemplate } = {
  en: {
    subject: 'Your data is ready',
    text: `@{{handle}}, the data that you asked for is ready.

Open Hiroba and download it from your settings: {{site}}

It can be downloaded for 7 days. After that you can ask for it again.

You get this mail since your data was asked for from your account. If it was not you, somebody else is signed in: change
your password.
`,
    html: page({
      language: 'en',
      title: 'Your data is ready',
      body: `<h1 style="font-size:1.5rem">@{{handle}}, the data that you asked for is ready</h1>
<p><a href="{{site}}">Open Hiroba</a> and download it from your settings.</p>
<p>It can be downloaded for 7 days. After that you can ask for it again.</p>`,
      footer: `<p>You get this mail since your data was asked for from your account. If it was not you, somebody else is
signed in: change your password.</p>`,
    }),
  },
  ja: {
    subject: 'データの準備ができました',
    text: `@{{handle}} さん、ご依頼のデータの準備ができました。

Hirobaを開き、設定からダウンロードしてください: {{site}}

ダウンロードできる期間は7日間です。そのあとは、もう一度ご依頼ください。

このメールは、あなたのアカウントからデータのダウンロードが依頼されたためにお送りしています。お心当たりがない場合は、
ほかの人がログインしているおそれがあります。パスワードを変更してください。
`,
    html: page({
      language: 'ja',
      title: 'データの準備ができました',
      body: `<h1 style="font-size:1.5rem">@{{handle}} さん、ご依頼のデータの準備ができました</h1>
<p><a href="{{site}}">Hirobaを開き</a>、設定からダウンロードしてください。</p>
<p>ダウンロードできる期間は7日間です。そのあとは、もう一度ご依頼ください。</p>`,
      footer: `<p>このメールは、あなたのアカウントからデータのダウンロードが依頼されたためにお送りしています。</p>
<p>お心当たりがない場合は、ほかの人がログインしているおそれがあります。パスワードを変更してください。</p>`,
    }),
  },
};
