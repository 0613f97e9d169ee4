/** A template of SES, whose `{{name}}` are filled in when it is sent. SES escapes nothing. */
export interface MailTemplate {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Page {
  readonly language: 'en' | 'ja';
  readonly title: string;
  /** HTML. */
  readonly body: string;
  /** HTML: why one gets this, and how not to. */
  readonly footer: string;
}

/** One column that follows the reader's size of type and colours. Nothing in it is fetched. */
export function page({ language, title, body, footer }: Page): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
</head>
<body style="margin:0;padding:24px 16px;font-family:system-ui,sans-serif;font-size:1rem;line-height:1.6">
<main style="max-width:36em;margin:0 auto">
${body}
</main>
<footer style="max-width:36em;margin:32px auto 0;padding-top:12px;border-top:1px solid;font-size:0.875rem">
${footer}
</footer>
</body>
</html>
`;
}
