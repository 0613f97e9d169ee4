import { dollars } from '../../../../infra/bill/format.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { ResourceUse } from '../simulate/meters.ts';
import type { Advice } from './advise.ts';

const count = (value: number): string => Math.round(value).toLocaleString('en-US');

const used = ({ worst }: ResourceUse): string =>
  `${count(worst.used)} of ${count(worst.limit)}${worst.note === '' ? '' : `, ${worst.note}`}`;

/** For people. */
export function adviceLines(
  { outcome, bottleneck, suffices, tried }: Advice,
  at: { readonly rung: string; readonly scenario: Scenario | null; readonly users: number },
): readonly string[] {
  const story = at.scenario ? [at.scenario.story, ''] : [];
  if (!bottleneck) {
    const [closest] = outcome.resources;
    return [
      ...story,
      `Everything suffices for ${count(at.users)} users at ${at.rung}.`,
      ...(closest ? [`The closest to its limit is ${closest.resource}: ${used(closest)}.`] : []),
    ];
  }
  const removing = tried.find(({ removes }) => removes);
  return [
    ...story,
    `The first thing that does not suffice at ${at.rung} is ${bottleneck.resource}: ${used(bottleneck)}; refused from second ${bottleneck.firstThrottled} on, for ${bottleneck.throttledSeconds} s.`,
    `It suffices for some ${count(suffices ?? 0)} users.`,
    '',
    ...tried.map(({ name, price, outcome: next, removes }) => {
      const same = next.resources.find(({ resource }) => resource === bottleneck.resource);
      const cost = price === null ? '' : `, ${dollars(price)} $ a month more at full size`;
      return `${removes ? 'gone' : 'stays'}  with ${name}${cost}${same ? `: ${used(same)}` : ''}`;
    }),
    '',
    removing ? `What removes it: ${removing.name}.` : 'Nothing on the ladder removes it: the design has to change.',
  ];
}
