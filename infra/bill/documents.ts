import { chart } from './chart.ts';
import { ladderOf } from './ladder.ts';
import { readMeasured } from './measured.ts';
import { report } from './report.ts';

/** The generated documents: path from the root to content. `format` is how the repository formats Markdown. */
export async function documents(format: (markdown: string) => Promise<string>): Promise<ReadonlyMap<string, string>> {
  const measured = readMeasured();
  const page = await ladderOf('us-east-1', 'page', measured);
  const markdown = report({
    measured,
    page,
    idle: await ladderOf('us-east-1', null, measured),
    literal: await ladderOf('us-east-1', 'literal', measured),
    tokyoPage: await ladderOf('ap-northeast-1', 'page', measured),
    tokyoLiteral: await ladderOf('ap-northeast-1', 'literal', measured),
  });
  return new Map([
    ['docs/bill.md', await format(markdown)],
    ['docs/bill.svg', chart(page)],
  ]);
}
