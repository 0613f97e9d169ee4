import { isDeepStrictEqual } from 'node:util';
import { places, reachOf, tryPlace } from '../reach/reach.ts';
import { keyOfRole } from '../roles.ts';
import { publishes, publishOutcomes } from '../workers.ts';
import { makeWorld } from '../world.ts';
import type { Flip } from './flip.ts';
import { nameOf, policiesIn, statementsOf, without } from './policyFlips.ts';
import type { Resources, Stack } from './system.ts';
import { rolesIn } from './trustFlips.ts';

/** What functions may do: each action of each statement of their roles taken away, each condition moved and dropped. */
export function functionFlips(stack: Stack, resources: Resources): readonly Flip[] {
  const names = Object.keys(rolesIn(resources)).filter((name) =>
    rolesIn(resources)[name]?.assume_role_policy.includes('lambda.amazonaws.com'),
  );
  return names.flatMap((name) => {
    const text = policiesIn(resources)[name]?.policy ?? '{"Statement":[]}';
    const role = bareName(rolesIn(resources)[name]?.name ?? '');
    const flip = (what: string, change: (policy: string) => string): Flip => ({
      name: `${name} ${what}`,
      stack,
      change: (changed) => {
        const policy = policiesIn(changed)[name];
        if (policy) policy.policy = change(policy.policy);
      },
      look: () => noticedByRole(role),
    });
    return statementsOf(text).flatMap(({ Action, Resource, Condition }, index) => {
      const at = [Resource].flat().map(nameOf).join(', ');
      // Lambda itself writes what functions log and trace, and AWS asks for ListStreams where a function is given a stream: no
      // request of theirs could notice.
      const tried = [Action].flat().filter((action) => !/^(logs|xray):|:ListStreams$/.test(action));
      const actions = tried.map((action) =>
        flip(`without ${action} on ${at}`, (policy) => without(policy, index, action)),
      );
      if (Condition === undefined) return actions;
      return [
        ...actions,
        flip(`with another condition on ${at}`, (policy) => withCondition(policy, index, elsewhere(Condition))),
        flip(`without its condition on ${at}`, (policy) => withCondition(policy, index, undefined)),
      ];
    });
  });
}

/** Of a function's role, as the tables call it. */
export const bareName = (role: string): string => role.replace('hiroba-dev-function-', '');

/** The first thing that a function's role may do, or may not, otherwise than the tables say. */
async function noticedByRole(role: string): Promise<string | null> {
  // Where it has work first: most flips show there.
  const reach = await noticedByReach(role, [...new Set([...Object.keys(reachOf(role)), ...places])]);
  if (reach !== null) return reach;
  const outcomes = await publishOutcomes(role, await makeWorld());
  return isDeepStrictEqual(outcomes, publishes(role)) ? null : `workers.md ${role}: ${outcomes.join(', ')}`;
}

/** The same, at these places only. */
export async function noticedByReach(role: string, at: readonly string[]): Promise<string | null> {
  const key = await keyOfRole(role);
  const expected = reachOf(role);
  for (const place of at) {
    const tried = await tryPlace(key, place);
    if (!isDeepStrictEqual(tried, expected[place] ?? [])) return `reach.md ${role} at ${place}: ${tried.join(' ')}`;
  }
  return null;
}

type Condition = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const elsewhere = (condition: Condition): Condition =>
  Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.keys(keys).map((key) => [key, 'elsewhere/*'])),
    ]),
  );

function withCondition(text: string, index: number, condition: Condition | undefined): string {
  const document = JSON.parse(text) as { Statement: { Condition?: Condition }[] };
  const statement = document.Statement[index];
  if (statement) {
    if (condition === undefined) delete statement.Condition;
    else statement.Condition = condition;
  }
  return JSON.stringify(document);
}
