import type { Finding } from '../finding.ts';
import { isBlocked, type Review } from '../review/review.ts';
import {
  baseLine,
  count,
  headline,
  operationCells,
  operationHead,
  type Part,
  partsOf,
  reached,
  sectionQuestions,
  sectionTitles,
  severityWords,
} from './parts.ts';
import { style } from './style.ts';

/** One page without scripts and without requests: it opens from a disk, and prints. */
export function html(review: Review): string {
  const parts = partsOf(review);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Contract review: ${escaped(headline(review))}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header>
<p class="product">Hiroba · contract review</p>
<h1 class="${isBlocked(review) ? 'blocking' : 'safe'}">${escaped(headline(review))}</h1>
<p>${escaped(baseLine(review))}.</p>
${review.gaps.map((gap) => `<p class="gap" role="note">${escaped(gap)}</p>`).join('\n')}
<nav aria-label="Parts"><ul>
${parts.map(navigation).join('\n')}
<li><a href="#operations">All operations <span class="n">${review.operations.length}</span></a></li>
</ul></nav>
</header>
<main id="findings">
${parts.map((each) => part(review, each)).join('\n')}
<section aria-labelledby="operations">
<h2 id="operations">All persisted operations</h2>
<p class="question">A run with pages of 20 and everything it sets off, in us-east-1, on demand. Steps are requests of data sources that wait for one another.</p>
<div class="scroll" role="region" aria-label="Table of all operations" tabindex="0"><table>
<thead><tr>${operationHead.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${review.operations.map(row).join('\n')}
</tbody>
</table></div>
</section>
${approving(review)}
</main>
</body>
</html>
`;
}

const navigation = ({ section, findings }: Part): string => {
  const [blocking, dangerous] = [count(findings, 'blocking'), count(findings, 'dangerous')];
  const worst = blocking > 0 ? 'blocking' : dangerous > 0 ? 'dangerous' : 'safe';
  const told =
    blocking > 0
      ? `${blocking} ${severityWords.blocking}`
      : dangerous > 0
        ? `${dangerous} to look at`
        : String(findings.length);
  return `<li><a href="#${section}">${sectionTitles[section]} <span class="n ${worst}">${told}</span></a></li>`;
};

function part(review: Review, { section, findings }: Part): string {
  const needed = findings.filter(({ severity }) => severity !== 'safe');
  const safe = findings.filter(({ severity }) => severity === 'safe');
  const body = [
    needed.length > 0 ? `<ul class="findings">\n${needed.map((each) => item(review, each)).join('\n')}\n</ul>` : '',
    safe.length > 0
      ? `<details${needed.length === 0 && safe.length <= 12 ? ' open' : ''}><summary>${safe.length} safe</summary><ul class="findings">\n${safe.map((each) => item(review, each)).join('\n')}\n</ul></details>`
      : '',
    findings.length === 0 ? '<p class="nothing">Nothing.</p>' : '',
  ].filter((text) => text !== '');
  return `<section aria-labelledby="${section}">
<h2 id="${section}">${sectionTitles[section]}</h2>
<p class="question">${sectionQuestions[section]}.</p>
${body.join('\n')}
</section>`;
}

const item = (review: Review, finding: Finding): string => {
  const { severity, code, subject, message, remedy } = finding;
  const reach = reached(review, finding);
  return `<li class="${severity}">
<p><strong class="severity">${severityWords[severity]}</strong> <code>${escaped(subject)}</code> ${escaped(message)}</p>
${remedy === undefined ? '' : `<p class="remedy">${escaped(remedy)}</p>`}<p class="touched"><span class="code">${escaped(code)}</span>${reach === '' ? '' : ` reaches ${escaped(reach)}`}</p>
</li>`;
};

function row(operation: Review['operations'][number]): string {
  const [name = '', ...cells] = operationCells(operation);
  return `<tr><th scope="row">${escaped(name)}</th>${cells.map((cell) => `<td${cell.includes('→') ? ' class="changed"' : ''}>${escaped(cell)}</td>`).join('')}</tr>`;
}

const approving = ({ approvalNeeded }: Review): string =>
  approvalNeeded === null
    ? ''
    : `<section aria-labelledby="approval">
<h2 id="approval">The approval that this change wants</h2>
<p class="question">A file in <code>schema/approvals/</code>, added by those who own what is opened. It covers these cells and this base, and nothing later.</p>
<pre class="paste" tabindex="0">${escaped(approvalNeeded)}</pre>
</section>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
