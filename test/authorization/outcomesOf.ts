import { type Outcome, outcomeOf } from './outcome.ts';
import { callerOf, principals } from './principals.ts';
import type { Row } from './readTable.ts';
import { requestOf } from './requests/index.ts';
import { subscriptionOutcome } from './subscriptionOutcome.ts';
import type { World } from './world.ts';

/** Tries the cells of a row, one after the other, in the order of the columns: what some may do changes what is there. */
export async function outcomesOf({ field, of }: Row, world: World): Promise<Record<string, Outcome>> {
  const request = requestOf(field, of);
  const found: Record<string, Outcome> = {};
  for (const principal of principals) {
    const caller = callerOf(principal, world);
    found[principal] =
      'subscribe' in request
        ? await subscriptionOutcome(caller, await request.subscribe(world, principal))
        : await outcomeOf(caller, await request.ask(world, principal));
  }
  return found;
}
