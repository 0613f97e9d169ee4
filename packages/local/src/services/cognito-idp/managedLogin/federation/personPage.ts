import type { LoginAnswer } from '../exchange.ts';
import { document, escapeHtml } from '../pages.ts';

export interface Person {
  /** The provider's own id, digits as Google's. */
  readonly sub: string;
  readonly name: string;
  readonly email: string;
}

/** Ready to be chosen; the same at every start. */
export const people: readonly Person[] = [
  { sub: '100000000000000000001', name: 'Murasaki Shikibu', email: 'murasaki@example.net' },
  { sub: '100000000000000000002', name: 'Mary Shelley', email: 'mary@example.net' },
];

export function personPage(page: {
  readonly provider: string;
  readonly csrf: string;
  readonly action: string;
  readonly problem: string | undefined;
}): LoginAnswer {
  const provider = escapeHtml(page.provider);
  const buttons = people.map(
    ({ sub, name, email }) =>
      `<button name="person" value="${sub}" formnovalidate>${escapeHtml(name)}<br><small>${escapeHtml(email)}</small></button>`,
  );
  return document(
    200,
    `Stand-in for ${page.provider}`,
    `<h1>Stand-in for ${provider}</h1>
<p>${provider} is not on this machine. Choose whom it says that you are.</p>
${page.problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(page.problem)}</p>`}
<form method="post" action="${escapeHtml(page.action)}">
<input type="hidden" name="_csrf" value="${escapeHtml(page.csrf)}">
${buttons.join('\n')}
<p class="or">or</p>
<label>Name
<input name="name" autocomplete="off" required></label>
<label>E-mail address
<input name="email" type="email" autocomplete="off" required></label>
<button name="person" value="other">Be this person</button>
<button name="person" value="nobody" formnovalidate>Turn back</button>
</form>`,
  );
}
