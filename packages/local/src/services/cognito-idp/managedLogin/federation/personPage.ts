import type { LoginAnswer } from '../exchange.ts';
import { document, escapeHtml } from '../pages.ts';

export interface Person {
  /** What the provider knows the person by. */
  readonly sub: string;
  readonly name: string;
  /** Empty: the provider tells none. */
  readonly email: string;
  readonly emailVerified: boolean;
}

/** Ready to be chosen; the same at every start. */
export const people: readonly Person[] = [
  { sub: '100000000000000000001', name: 'Murasaki Shikibu', email: 'murasaki@example.net', emailVerified: true },
  { sub: '100000000000000000002', name: 'Mary Shelley', email: 'mary@example.net', emailVerified: true },
];

export function personPage(page: {
  readonly provider: string;
  readonly csrf: string;
  readonly action: string;
  readonly problem: string | undefined;
}): LoginAnswer {
  const provider = escapeHtml(page.provider);
  // A form for each way on, so that the Enter key in a field does not press another's button.
  const form = (content: string) => `<form method="post" action="${escapeHtml(page.action)}">
<input type="hidden" name="_csrf" value="${escapeHtml(page.csrf)}">
${content}
</form>`;
  const buttons = people.map(
    ({ sub, name, email }, index) =>
      `<button name="person" value="${sub}"${index === 0 && page.problem === undefined ? ' autofocus' : ''}>${escapeHtml(name)}<br><small>${escapeHtml(email)}</small></button>`,
  );
  return document(
    200,
    `Stand-in for ${page.provider}`,
    `<h1>Stand-in for ${provider}</h1>
<p class="stand-in">${provider} is not on this machine, and nothing is sent there. Choose whom it says that you are.</p>
${form(buttons.join('\n'))}
<p class="or">or</p>
${page.problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(page.problem)}</p>`}
${form(`<label>Name
<input name="name" autocomplete="off" required></label>
<label>E-mail address
<input name="email" type="email" autocomplete="off" aria-describedby="email-note"></label>
<p class="faint" id="email-note">Left empty, ${provider} tells none.</p>
<label class="check"><input name="unverified" type="checkbox"> ${provider} has not verified it</label>
<label>Subject
<input name="sub" autocomplete="off" maxlength="90" pattern="[\\w.@\\-]+" spellcheck="false" aria-describedby="sub-note"></label>
<p class="faint" id="sub-note">What ${provider} knows the person by. Left empty, it belongs to the address.</p>
<button name="person" value="other">Be this person</button>`)}
${form('<button name="person" value="nobody" class="plain">Turn back</button>')}`,
  );
}
