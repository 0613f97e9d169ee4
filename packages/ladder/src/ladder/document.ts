import { capacityLines } from '../../../../infra/bill/arithmetic.ts';
import { dollars, markdownTable } from '../../../../infra/bill/format.ts';
import { constants } from '../constants.ts';
import { serverPrices, sizing } from '../servers/prices.ts';
import type { ResourceUse } from '../simulate/meters.ts';
import { PEAK, SECONDS, type Step, type Turned, WARM_UP } from './climb.ts';

const count = (value: number): string => Math.round(value).toLocaleString('en-US');
const used = ({ resource, worst }: ResourceUse): string =>
  `${resource}: ${count(worst.used)} of ${count(worst.limit)}${worst.note === '' ? '' : ` (${worst.note})`}`;

/** `docs/ladder.md`. */
export const ladderDocument = (
  steps: readonly Step[],
  turned: readonly Turned[],
): string => `<!-- Written by \`npm run ladder -- --write\`. Do not edit. -->

# The ladder, climbed

Each rung at the most users that it is for, at ${PEAK} times the average of a month, for ${SECONDS / 60} minutes of virtual time, after ${WARM_UP / 60} at
the average. What each operation uses
was measured by running it on the local system (\`npm run bill:measure\`), what the rung bears is read from its Terraform, and what AWS limits
stands in \`packages/ladder/src/constants.ts\`. **It is a model**: nothing of it was run on AWS.

${capacityTable(steps)}

"Enough for" is where the thing that breaks first would just suffice, if everything grew evenly. Where more is used than there is and nothing
is refused, what was saved in the five minutes before made up for it.

![capacity, bill and latency of each rung](ladder.svg)

## Latency

A read takes as long as the data sources that wait for one another, counted in the schema and the Terraform: ${constants.appsyncMilliseconds.value} ms and
${constants.dynamodbMilliseconds.value} ms for each, both assumed. It is the same at every rung as long as nothing is refused; that is what the table above is for. Timelines come
later: by the seconds that the queue is behind in the morning.

${latencyTable(steps)}

## What was found and removed

Each row is run twice here, as it was and as it is.

${turnTable(turned)}

## Compared with servers and MySQL

The document on scaling begins with one box and grows it: a database of its own, a load balancer and a second zone, a cache and replicas, shards.
The same load on it, sized for the morning since servers are there for the peak. "Answering and keeping" is what of our bill does the same:
AppSync, its cache, DynamoDB and Lambda; sign-in, mail, photos, delivery and monitoring are in neither.

${serverTable(steps)}

${serverVerdict(steps)}

## What it takes to read one thing

A read is of an item; pages have 20. \`npm run advise -- --users 10000000 --rung users+++++\` tells which key, table, quota or queue is in the way, and
tries what is above. \`npm run load\` sends the same mix for real to a system on this machine.

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

And of servers:

${markdownTable(
  ['', 'value', '', 'from'],
  [
    ...Object.entries(serverPrices).map(([name, { usd, unit, source }]) => [name, `$${usd}`, unit, source]),
    ...Object.entries(sizing).map(([name, { value, unit, reason }]) => [
      name,
      value.toLocaleString('en-US'),
      unit,
      `assumed: ${reason}`,
    ]),
  ],
  1,
)}
`;

const capacityTable = (steps: readonly Step[]): string =>
  markdownTable(
    ['rung', 'users', 'item reads/s', 'writes/s', 'what breaks first', 'enough for', 'CDN', '$ a month'],
    steps.map(({ rung, outcome, bottleneck, closest, suffices, price }) => [
      rung.title,
      count(rung.to),
      count(outcome.itemReads / SECONDS),
      count(outcome.writes / SECONDS),
      bottleneck
        ? `**${used(bottleneck)}**, from second ${bottleneck.firstThrottled}`
        : `nothing; the closest is ${used(closest)}`,
      bottleneck ? `${count(suffices)} users` : `more than ${count(rung.to)}`,
      `${Math.round((100 * outcome.edgeHits) / outcome.operations)} %`,
      dollars(price.all),
    ]),
    1,
  );

const latencyTable = (steps: readonly Step[]): string =>
  markdownTable(
    ['rung', 'a read, in the mean', 'the slowest', 'timelines late by at most'],
    steps.map(({ rung, latency: { mean, slowest }, late }) => [
      rung.title,
      `${mean.toFixed(0)} ms`,
      `${slowest.milliseconds} ms: ${slowest.operation}, ${slowest.steps} steps`,
      `${late.toFixed(0)} s`,
    ]),
    1,
  );

const turnTable = (turned: readonly Turned[]): string =>
  markdownTable(
    ['found', 'at', 'before', 'change', 'after'],
    turned.map(({ turn, before, after }) => [turn.found, turn.rung, stateOf(before), turn.change, stateOf(after)]),
    5,
  );

/** Whether a resource sufficed. */
function stateOf(use: ResourceUse | null): string {
  if (!use) return 'not used';
  const { worst, throttledSeconds, resource } = use;
  if (resource.startsWith('queue')) return `${count(worst.used)} s behind`;
  const asked = `${count(worst.used)} of ${count(worst.limit)}`;
  return throttledSeconds === 0
    ? `${asked}, nothing refused`
    : `${asked}, refused in ${count(throttledSeconds)} seconds`;
}

const serverTable = (steps: readonly Step[]): string =>
  markdownTable(
    ['rung', 'users', 'answering and keeping', 'of it idle', 'servers and MySQL', 'of it idle', 'what runs'],
    steps.map(({ rung, price: { answering, idle, servers } }) => [
      rung.title,
      count(rung.to),
      `$${dollars(answering)}`,
      `$${dollars(Math.min(idle, answering))}`,
      `$${dollars(servers.usd)}`,
      `$${dollars(servers.idle)}`,
      servers.parts.map(({ count: many, what }) => `${count(many)} ${what}`).join(', '),
    ]),
    1,
  );

function serverVerdict(steps: readonly Step[]): string {
  const cheaper = steps.filter(({ price }) => price.answering < price.servers.usd).map(({ rung }) => rung.title);
  const dearer = steps.filter(({ price }) => price.answering >= price.servers.usd).map(({ rung }) => rung.title);
  return `By list prices this design is cheaper at ${cheaper.join(', ') || 'no rung'}, and dearer at ${dearer.join(', ') || 'no rung'}. Servers cost the same whether
anybody comes; what they bear is assumed, and who patches them, fails them over, adds shards and moves the rows is not in their price. A team that has
these people, or a part of the load that is as even as a machine, is better off with machines: [0026](decisions/0026-when-work-leaves-lambda.md)
says when.`;
}
