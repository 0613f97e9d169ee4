import { capacityLines } from '../../../../infra/bill/arithmetic.ts';
import { dollars, markdownTable } from '../../../../infra/bill/format.ts';
import { constants } from '../constants.ts';
import type { ResourceUse } from '../simulate/meters.ts';
import { PEAK, SECONDS, type Step, WARM_UP } from './climb.ts';

const count = (value: number): string => Math.round(value).toLocaleString('en-US');
const used = ({ resource, worst }: ResourceUse): string =>
  `${resource}: ${count(worst.used)} of ${count(worst.limit)}${worst.note === '' ? '' : ` (${worst.note})`}`;

/** `docs/ladder.md`. */
export const ladderDocument = (
  steps: readonly Step[],
): string => `<!-- Written by \`npm run ladder -- --write\`. Do not edit. -->

# The ladder, climbed

Each rung at the most users that it is for, at ${PEAK} times the average of a month, for ${SECONDS / 60} minutes of virtual time, after ${WARM_UP / 60} at
the average. What each operation uses
was measured by running it on the local system (\`npm run bill:measure\`), what the rung bears is read from its Terraform, and what AWS limits
stands in \`packages/ladder/src/constants.ts\`. **It is a model**: nothing of it was run on AWS.

${markdownTable(
  ['rung', 'users', 'item reads/s', 'writes/s', 'what breaks first', 'enough for', '$ a month'],
  steps.map(({ rung, outcome, bottleneck, closest, suffices }) => [
    rung.title,
    count(rung.to),
    count(outcome.itemReads / SECONDS),
    count(outcome.writes / SECONDS),
    bottleneck
      ? `**${used(bottleneck)}**, from second ${bottleneck.firstThrottled}`
      : `nothing; the closest is ${used(closest)}`,
    bottleneck ? `${count(suffices)} users` : `more than ${count(rung.to)}`,
    dollars(rung.monthlyPrice.page),
  ]),
  1,
)}

"Enough for" is where the thing that breaks first would just suffice, if everything grew evenly.

## What it takes to read one thing

A read is of an item; pages have 20. \`npm run advise -- --users 10000000 --rung users+++++\` tells which key, table, quota or queue is in the way, and
tries what is above.

## The load

\`\`\`
${capacityLines().join('\n')}
\`\`\`

## What the model takes for granted

${markdownTable(
  ['', 'value', '', 'from'],
  Object.entries(constants).map(([name, { value, unit, grade, source }]) => [
    name,
    count(value) === '0' ? String(value) : value.toLocaleString('en-US'),
    unit,
    grade === 'page' ? source : `assumed: ${source}`,
  ]),
  1,
)}
`;
