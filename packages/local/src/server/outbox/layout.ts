import type { Page } from '../pages.ts';
import { escapeHtml } from './html.ts';

/** Plain HTML: nothing is loaded, no script runs. */
export function document(title: string, main: string, status = 200): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
  return { status, headers: { 'content-type': 'text/html;charset=UTF-8', ...HEADERS }, body: Buffer.from(html) };
}

export function json(value: object): Page {
  return { headers: { 'content-type': 'application/json', ...HEADERS }, body: Buffer.from(JSON.stringify(value)) };
}

/**
 * The frame with a mail inherits the policy: pictures from elsewhere are not fetched. Pages of other sites may neither frame
 * these nor embed them as if they were scripts or pictures.
 */
const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
} as const;

const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #16181d);
  --ink: light-dark(#1c1e22, #e8e9ec);
  --faint: light-dark(#5a6069, #a4abb6);
  --line: light-dark(#d9dce1, #353a43);
  --link: light-dark(#0b57c2, #8ab4ff);
  --warn: light-dark(#8a3b00, #ffb480);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
a { color: var(--link); }
a:focus-visible, input:focus-visible, button:focus-visible, summary:focus-visible, iframe:focus-visible, pre:focus-visible {
  outline: 3px solid var(--link); outline-offset: 2px;
}
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin-bottom: 1rem; }
label { display: grid; gap: .25rem; flex: 1 1 14rem; color: var(--faint); }
input, button { font: inherit; color: inherit; background: transparent; border: 1px solid var(--faint); border-radius: .375rem; padding: .5rem .75rem; min-height: 2.75rem; min-width: 0; }
button { cursor: pointer; }
.messages { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); }
.messages li { border-bottom: 1px solid var(--line); }
.messages a { display: grid; grid-template-columns: minmax(0, 14rem) minmax(0, 1fr) auto; gap: .25rem 1rem; padding: .75rem .25rem; color: inherit; text-decoration: none; }
.messages a:hover .subject, .messages a:focus-visible .subject { text-decoration: underline; }
.to, .subject { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.subject { font-weight: 600; }
.faint, time { color: var(--faint); }
.undelivered { color: var(--warn); grid-column: 1 / -1; margin: 0; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem 1rem; margin: 0; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { margin: 0; padding: 1rem; border: 1px solid var(--line); border-radius: .375rem; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
iframe { display: block; width: 100%; height: 60vh; min-height: 16rem; resize: vertical; border: 1px solid var(--line); border-radius: .375rem; background: #ffffff; color-scheme: only light; }
summary { cursor: pointer; margin: 1.5rem 0 .5rem; font-weight: 600; font-size: 1.1rem; }
@media (max-width: 40rem) {
  .messages a { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: .5rem; }
}
`;
