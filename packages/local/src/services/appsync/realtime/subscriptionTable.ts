import { isPromise } from '../execution/chain.ts';
import type { CompiledApi } from '../execution/compiledApi.ts';
import type { Invalidation } from '../execution/request.ts';
import { SubscriptionRefused, type ServerFrame } from './frames.ts';
import { MAX_PAYLOAD_BYTES, MAX_SUBSCRIPTIONS_PER_CONNECTION } from './limits.ts';
import type { Subscription } from './subscription.ts';

export interface TableOptions {
  readonly compiled: () => CompiledApi;
  readonly send: (frame: ServerFrame) => void;
  readonly onRefused: (id: string, error: unknown) => void;
  readonly onDefect: (error: unknown) => void;
}

/** The subscriptions of one connection, by the ids its client chose. */
export interface SubscriptionTable {
  /** Takes the id, and keeps what `begin` comes to under it. Rejects with the refusal. */
  start(id: string, begin: () => Promise<StartedSubscription>): Promise<void>;
  /** Throws `SubscriptionRefused` for an id that is not taken. */
  stop(id: string): void;
  publish(subscriptionField: string, payload: unknown): void;
  /** Ends the subscriptions that match; whether there were any. */
  invalidate(invalidation: Invalidation): boolean;
  /** Moves all to a new version of the API; those it has no place for end with an error. */
  rebind(compiled: CompiledApi): void;
  clear(): void;
}

/** A subscription and the version of the API it was started on. */
export interface StartedSubscription {
  readonly subscription: Subscription;
  readonly version: CompiledApi;
}

/** Holds an id while its start is being judged. */
interface Starting {
  readonly starting: true;
}

export function createSubscriptionTable({ compiled, send, onRefused, onDefect }: TableOptions): SubscriptionTable {
  const entries = new Map<string, Subscription | Starting>();

  function* active(subscriptionField?: string): Generator<readonly [string, Subscription]> {
    for (const [id, entry] of entries) {
      if ('starting' in entry || (subscriptionField ?? entry.fieldName) !== entry.fieldName) continue;
      yield [id, entry];
    }
  }

  const stop = (id: string): void => {
    if (!entries.delete(id)) throw refused('UnknownOperationError', `Unknown operation id ${id}`);
    send({ id, type: 'complete' });
  };

  const deliver = (id: string, subscription: Subscription, payload: unknown): void => {
    const forward = (result: unknown): void => {
      if (entries.get(id) !== subscription) return;
      if (Buffer.byteLength(JSON.stringify(result)) <= MAX_PAYLOAD_BYTES) send({ id, type: 'data', payload: result });
    };
    const result = subscription.deliver(payload);
    if (isPromise(result)) result.then(forward, onDefect);
    else forward(result);
  };

  return {
    async start(id, begin) {
      if (entries.has(id)) throw refused('DuplicatedOperationError', `Duplicated operation id ${id}`);
      if (entries.size >= MAX_SUBSCRIPTIONS_PER_CONNECTION) {
        const message = `Max number of ${MAX_SUBSCRIPTIONS_PER_CONNECTION} subscriptions reached`;
        throw refused('MaxSubscriptionsReachedError', message);
      }
      const starting: Starting = { starting: true };
      entries.set(id, starting);
      // A stop, or the end of the connection, may come meanwhile.
      const isWanted = () => entries.get(id) === starting;
      try {
        const { subscription, version } = await begin();
        if (!isWanted()) return;
        entries.set(id, version === compiled() ? subscription : subscription.rebind(compiled()));
        send({ id, type: 'start_ack' });
      } catch (error) {
        if (!isWanted()) return;
        entries.delete(id);
        throw error;
      }
    },
    stop,
    publish(subscriptionField, payload) {
      if (typeof payload !== 'object' || payload === null) return;
      for (const [id, subscription] of active(subscriptionField)) {
        if (subscription.matches(payload as Readonly<Record<string, unknown>>)) deliver(id, subscription, payload);
      }
    },
    invalidate({ subscriptionField, payload }) {
      const ended = [...active(subscriptionField)].filter(([, subscription]) => subscription.isInvalidatedBy(payload));
      for (const [id] of ended) stop(id);
      return ended.length > 0;
    },
    rebind(next) {
      for (const [id, subscription] of active()) {
        try {
          entries.set(id, subscription.rebind(next));
        } catch (error) {
          entries.delete(id);
          onRefused(id, error);
        }
      }
    },
    clear: () => entries.clear(),
  };
}

const refused = (errorType: string, message: string) => new SubscriptionRefused([{ errorType, message }]);
