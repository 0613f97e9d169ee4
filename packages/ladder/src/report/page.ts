import { escaped, lineChart } from '../charts/lineChart.ts';
import type { LoadReport } from '../load/load.ts';
import { type Section, sectionsOf, summaryLines } from './sections.ts';

/** One self-contained page: no request, light and dark, printable. */
export function loadPage(report: LoadReport): string {
  const { seconds } = report.tally;
  const charts = [
    lineChart({
      title: 'Operations by the second in which they were due',
      unit: 'operations a second',
      step: 's',
      series: [
        { name: 'due', values: seconds.map(({ due }) => due) },
        { name: 'failed', values: seconds.map(({ failed }) => failed) },
      ],
    }),
    lineChart({
      title: 'Latency, from when an operation was due to its answer',
      unit: 'milliseconds',
      step: 's',
      series: (['p50', 'p95', 'p99'] as const).map((name) => ({
        name,
        values: seconds.map(({ latency }) => latency[name]),
      })),
    }),
  ];
  const [title = '', ...lines] = summaryLines(report);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Load: ${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>
${charts.map((chart) => `<figure>${chart}</figure>`).join('\n')}
${sectionsOf(report).map(sectionPart).join('\n')}
</main>
</body>
</html>
`;
}

function sectionPart({ title, head, rows, note }: Section, index: number): string {
  const cell = (tag: 'td' | 'th', text: string, scope = ''): string => `<${tag}${scope}>${escaped(text)}</${tag}>`;
  const body = rows.map(([first = '', ...rest]) => {
    const cells = rest.map((text) => cell('td', text)).join('');
    return `<tr>${cell('th', first, ' scope="row"')}${cells}</tr>`;
  });
  // What has no name in its column still is one for those who hear the table.
  const columns = head.map((text) => cell('th', text === '' ? 'of' : text, ' scope="col"')).join('');
  return `<section aria-labelledby="part${index}">
<h2 id="part${index}">${escaped(title)}</h2>
${note === undefined ? '' : `<p>${escaped(note)}</p>`}
<div class="wide" tabindex="0" role="group" aria-labelledby="part${index}"><table><thead><tr>${columns}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>
</section>`;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #16181d; --paper: #ffffff; --faint: #d7dae0; --quiet: #565c68; --line0: #3355c4; --line1: #c2417c; --line2: #1f7a55; --line3: #9a5b00; --limit: #b3402f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaee; --paper: #14161a; --faint: #363b45; --quiet: #a7aebb; --line0: #8aa4f0; --line1: #f08db8; --line2: #6cc79d; --line3: #e5ad5c; --limit: #f0907f; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.3rem; line-height: 1.3; }
h2 { font-size: 1.05rem; margin: 2.2rem 0 .4rem; }
p { margin: .2rem 0 .6rem; color: var(--quiet); }
figure { margin: 1.5rem 0; }
svg { width: 100%; height: auto; display: block; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--faint); text-align: right; white-space: nowrap; }
th:first-child { text-align: left; padding-left: 0; }
th[scope=row] { font-weight: 400; }
@media print { body { font-size: 11px; } section, figure { break-inside: avoid; } }
`;
