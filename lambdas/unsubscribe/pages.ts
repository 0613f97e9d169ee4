import { createHash } from 'node:crypto';

const STYLE = `:root{color-scheme:light dark}
body{margin:0;padding:24px 16px;font:1rem/1.6 system-ui,sans-serif}
main{max-width:36em;margin:0 auto}
h1{font-size:1.5rem}
button{font:inherit;padding:.75em 1.5em;min-height:44px;cursor:pointer}`;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');

/** The page may be styled by its own style and may post to its own address; nothing else may happen on it. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hashOf(STYLE)}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const pageHeaders: Record<string, string> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': POLICY,
  'x-robots-tag': 'noindex',
};

interface Text {
  readonly title: string;
  /** HTML. */
  readonly body: string;
}

/** In both languages: whoever opens it is not signed in. */
function page(japanese: Text, english: Text, form = ''): string {
  const section = (lang: string, { title, body }: Text) => `<section lang="${lang}"><h1>${title}</h1>${body}</section>`;
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${japanese.title} / ${english.title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${section('ja', japanese)}
${section('en', english)}
${form}
</main>
</body>
</html>
`;
}

/** Without an action, a form posts to the address that it is shown at. */
export const confirmationPage = page(
  { title: 'お知らせメールの停止', body: '<p>未読のお知らせと、Hirobaからのお知らせのメールを停止します。</p>' },
  {
    title: 'Stop the digests',
    body: '<p>You will get no more mail about what you have not read, and no more announcements by mail.</p>',
  },
  '<form method="post"><button><span lang="ja">停止する</span> / <span lang="en">Stop them</span></button></form>',
);

export const stoppedPage = page(
  {
    title: 'お知らせメールを停止しました',
    body: '<p>また受け取りたくなったら、<a href="/">Hiroba</a>の設定で選べます。</p>',
  },
  {
    title: 'The digests are stopped',
    body: '<p>Should you want them again, choose them in the settings of <a href="/">Hiroba</a>.</p>',
  },
);

export const unknownPage = page(
  {
    title: 'このリンクは使えません',
    body: '<p>リンクが途中で切れているか、アカウントがもうありません。メールのリンクをもう一度開くか、<a href="/">Hiroba</a>にログインして設定から停止してください。</p>',
  },
  {
    title: 'This link does not work',
    body: '<p>It has been cut off, or the account is gone. Open the link in the mail again, or sign in to <a href="/">Hiroba</a> and stop the digests in the settings.</p>',
  },
);
