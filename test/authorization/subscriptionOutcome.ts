import type { Caller } from '../support/graphql.ts';
import { RealtimeRefused, subscribe, type Subscription } from '../support/realtime.ts';
import { type Outcome, outcomeOfError } from './outcome.ts';
import type { Principal } from './principals.ts';
import type { World } from './world.ts';

/** A subscription, and what is published while it lasts. */
export interface Listening {
  readonly document: string;
  /** What the row asks about: whether this arrives. */
  publish(): Promise<unknown>;
  /** Arrives at everybody who may subscribe at all: when it is the first to come, the other did not. */
  publishToAll(): Promise<unknown>;
  /** Whether an event is that of `publish`. */
  isIt(data: unknown): boolean;
}

export type Subscribe = (world: World, who: Principal) => Listening | Promise<Listening>;

/** `yes`: it arrived; `none`: it did not, though the subscription stood; otherwise why there was no subscription. */
export async function subscriptionOutcome(caller: Caller, listening: Listening): Promise<Outcome> {
  let subscription: Subscription<unknown>;
  try {
    subscription = await subscribe(caller, listening.document);
  } catch (error) {
    if (error instanceof RealtimeRefused) return refusalOf(error);
    throw error;
  }
  try {
    await listening.publish();
    await listening.publishToAll();
    return listening.isIt(await subscription.next()) ? 'yes' : 'none';
  } finally {
    subscription.close();
  }
}

function refusalOf({ errors }: RealtimeRefused): Outcome {
  const [first] = errors as readonly { errorType?: string; message: string }[];
  return first ? outcomeOfError(first) : 'refused without an error';
}
