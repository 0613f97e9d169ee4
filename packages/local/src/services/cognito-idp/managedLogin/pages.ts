import type { LoginAnswer } from './exchange.ts';

/** What a person is asked for next. */
export type Form =
  | { readonly kind: 'PASSWORD'; readonly username: string }
  | {
      readonly kind: 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA';
      readonly username: string;
      readonly session: string;
    }
  | { readonly kind: 'SMS_MFA'; readonly username: string; readonly session: string; readonly sentTo: string }
  | {
      readonly kind: 'SELECT_MFA_TYPE';
      readonly username: string;
      readonly session: string;
      readonly choices: readonly string[];
    };

export interface FormContext {
  readonly csrf: string;
  /** Of the page; its forms and links keep it. */
  readonly query: URLSearchParams;
  readonly providers: readonly string[];
  /** Why the last answer was not taken. */
  readonly problem?: string;
}

export function formPage(form: Form, context: FormContext): LoginAnswer {
  const { csrf, query, problem } = context;
  const action = escapeHtml(`/login?${query.toString()}`);
  return document(
    200,
    'Sign in',
    `<h1>${TITLES[form.kind]}</h1>
${form.kind === 'PASSWORD' ? providerLinks(context) : ''}
${problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`}
${
  form.kind === 'PASSWORD' && !context.providers.includes('COGNITO')
    ? ''
    : `<form method="post" action="${action}">
<input type="hidden" name="_csrf" value="${escapeHtml(csrf)}">
${fields(form)}
</form>`
}`,
  );
}

/** Ways in by accounts elsewhere, above the form for a password where there is one. */
function providerLinks({ providers, query }: FormContext): string {
  const others = providers.filter((name) => name !== 'COGNITO');
  const links = others.map((name) => {
    const asked = new URLSearchParams(query);
    asked.set('identity_provider', name);
    const label = escapeHtml(`Continue with ${LABELS[name] ?? name}`);
    return `<a class="provider" href="${escapeHtml(`/oauth2/authorize?${asked.toString()}`)}">${label}</a>`;
  });
  const both = others.length > 0 && providers.includes('COGNITO');
  return `${links.join('\n')}${both ? '\n<p class="or">or</p>' : ''}`;
}

const LABELS: Readonly<Record<string, string>> = { SignInWithApple: 'Apple' };

const TITLES: Readonly<Record<Form['kind'], string>> = {
  PASSWORD: 'Sign in',
  NEW_PASSWORD_REQUIRED: 'Choose a new password',
  SOFTWARE_TOKEN_MFA: 'Code from your app',
  SMS_MFA: 'Code from the text message',
  SELECT_MFA_TYPE: 'How do you want to confirm?',
};

function fields(form: Form): string {
  if (form.kind === 'PASSWORD') {
    return `<label>E-mail address or username
<input name="username" value="${escapeHtml(form.username)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${form.username === '' ? ' autofocus' : ''}></label>
<label>Password
<input name="password" type="password" autocomplete="current-password" required${form.username === '' ? '' : ' autofocus'}></label>
<button>Sign in</button>`;
  }
  const known = hidden({ username: form.username, session: form.session, challenge: form.kind });
  switch (form.kind) {
    case 'NEW_PASSWORD_REQUIRED':
      return `${known}
<p>An administrator set your password. It has to be replaced before you go on.</p>
<label>New password
<input name="answer" type="password" autocomplete="new-password" required autofocus></label>
<button>Go on</button>`;
    case 'SOFTWARE_TOKEN_MFA':
      return `${known}
<p>Enter the six digits that your authenticator app shows now.</p>
${CODE_FIELD}
<button>Go on</button>`;
    case 'SMS_MFA':
      return `${known}${hidden({ sentTo: form.sentTo })}
<p>Enter the six digits that were sent to <span class="nowrap">${escapeHtml(form.sentTo)}</span>.</p>
${CODE_FIELD}
<button>Go on</button>`;
    case 'SELECT_MFA_TYPE':
      return `${known}
${form.choices.map((choice) => `<button name="answer" value="${escapeHtml(choice)}">${escapeHtml(FACTORS[choice] ?? choice)}</button>`).join('\n')}`;
  }
}

const CODE_FIELD = `<label>Code
<input name="answer" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9]{6}" maxlength="6" required autofocus></label>`;

const FACTORS: Readonly<Record<string, string>> = {
  SOFTWARE_TOKEN_MFA: 'Authenticator app',
  SMS_MFA: 'Text message',
};

const hidden = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join('');

/** For what cannot be told to the application. */
export function errorPage(status: number, code: string, message: string): LoginAnswer {
  return document(
    status,
    'Sign-in is not possible',
    `<h1>Sign-in is not possible</h1>
<p class="problem">${escapeHtml(message)}</p>
<p class="faint">${escapeHtml(code)}</p>`,
  );
}

/** Nothing is loaded and no script runs; no other page may frame it, and its forms go nowhere else. */
export function document(status: number, title: string, main: string): LoginAnswer {
  return {
    status,
    headers: {
      'content-type': 'text/html;charset=UTF-8',
      // No form-action: browsers apply it to where the answer to the form redirects, too, which is the application.
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
      'x-frame-options': 'DENY',
      // Not "no-referrer": a form would then be sent with the origin "null". The query of this page stays here all the same.
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: `<!doctype html>
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
`,
  };
}

/** Text that is safe between tags and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #1d2026);
  --ground: light-dark(#f1f3f6, #121419);
  --ink: light-dark(#1c1e22, #e8e9ec);
  --faint: light-dark(#5a6069, #a4abb6);
  --line: light-dark(#c6cad1, #444a54);
  --accent: light-dark(#0b57c2, #8ab4ff);
  --on-accent: light-dark(#ffffff, #10131a);
  --warn: light-dark(#9b1c1c, #ff9d9d);
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: .75rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 1.25rem; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
form { display: grid; gap: 1rem; }
label { display: grid; gap: .25rem; }
input, button, .provider { font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; padding: .625rem .75rem; min-height: 2.75rem; width: 100%; }
button.plain { background: transparent; color: inherit; border-color: var(--line); }
button { background: var(--accent); color: var(--on-accent); border-color: transparent; font-weight: 600; cursor: pointer; }
.provider { display: block; text-align: center; text-decoration: none; font-weight: 600; margin-bottom: .5rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.or { display: grid; grid-template-columns: 1fr auto 1fr; align-items: center; gap: .75rem; margin: 1.25rem 0; color: var(--faint); }
.or::before, .or::after { content: ""; border-top: 1px solid var(--line); }
form + form { margin-top: 1rem; }
.check { display: flex; align-items: center; gap: .5rem; }
.check input { width: 1.25rem; min-height: 1.25rem; }
.stand-in { border: 2px dashed var(--warn); border-radius: .5rem; padding: .75rem 1rem; }
.problem { color: var(--warn); }
.faint { color: var(--faint); margin: 0; }
.nowrap { white-space: nowrap; }
`;
