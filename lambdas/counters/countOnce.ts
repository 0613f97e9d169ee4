import { required } from '../shared/environment.ts';
import { MAX_ATTEMPTS, pauseAfter } from '../shared/retry.ts';
import { MAX_TRANSACTION_ACTIONS, transact, type TransactItem } from '../shared/transaction.ts';
import type { Counter, Delta, Subject } from './deltas.ts';

/** Deltas that one transaction can apply: each has a marker, and one action is the counter's. */
const MAX_DELTAS = MAX_TRANSACTION_ACTIONS - 1;

/** A stream gives a record for 24 hours: twice as long is safe. */
const MARKER_SECONDS = 2 * 24 * 60 * 60;

/** A decrease that would lead below zero: the increase it follows has not been counted, and may still come. */
class CounterTooLow extends Error {
  override readonly name = 'CounterTooLow';
}

/**
 * Adds to the counters of one subject what was not added before, however often a change is delivered (decision 0010).
 * @returns `missing` when the subject is a user without a profile: then there is nothing to count on.
 * @throws when the transaction did not come through; some of the deltas may have been applied, and will not be again.
 */
export async function countOnce(subject: Subject, deltas: readonly Delta[]): Promise<'counted' | 'missing'> {
  // Increases first: a batch whose sum is in order must not be cut where it leads below zero.
  const ordered = [...distinct(deltas)].sort((a, b) => b.by - a.by);
  for (let start = 0; start < ordered.length; start += MAX_DELTAS) {
    const result = await countChunk(subject, ordered.slice(start, start + MAX_DELTAS));
    if (result === 'missing') return 'missing';
  }
  return 'counted';
}

async function countChunk(subject: Subject, deltas: readonly Delta[]): Promise<'counted' | 'missing'> {
  let pending = deltas;
  for (let attempt = 1; pending.length > 0;) {
    const update = updateOf(subject, pending);
    const result = await transact([...pending.map(markerOf), ...(update ? [update] : [])]);
    if (result.outcome === 'done') return 'counted';
    if (result.outcome === 'busy') {
      if (attempt === MAX_ATTEMPTS) throw result.error;
      await pauseAfter(attempt);
      attempt += 1;
      continue;
    }
    const unmarked = pending.filter((_, index) => !result.failed.has(index));
    if (unmarked.length === pending.length) return refusedUpdate(subject, result.found(pending.length));
    pending = unmarked;
  }
  return 'counted';
}

/** No marker was in the way, so it was the counter's own condition. */
function refusedUpdate({ mustExist, key }: Subject, exists: boolean): 'missing' {
  if (mustExist && !exists) return 'missing';
  throw new CounterTooLow(`a counter of ${Object.values(key).join('/')} would be negative`);
}

/** The same record twice in a batch, or the same change in two records, is one delta. */
function distinct(deltas: readonly Delta[]): Iterable<Delta> {
  return new Map(deltas.map((delta) => [markerId(delta), delta])).values();
}

/** A follow is two deltas of one event, and they are counted apart. */
function markerId({ change, counter }: Delta): string {
  return `EVENT#${change.eventId}#${counter}`;
}

function markerOf(delta: Delta): TransactItem {
  return {
    Put: {
      TableName: required('OPS_TABLE'),
      Item: { operationId: markerId(delta), expiresAt: delta.change.at + MARKER_SECONDS },
      ConditionExpression: 'attribute_not_exists(operationId)',
    },
  };
}

/** Undefined when the deltas cancel out; they still need their markers, since they may come again one without the other. */
function updateOf({ table, key, mustExist }: Subject, deltas: readonly Delta[]): TransactItem | undefined {
  const sums = new Map<Counter, number>();
  for (const { counter, by } of deltas) sums.set(counter, (sums.get(counter) ?? 0) + by);
  const changed = [...sums].filter(([, sum]) => sum !== 0);
  if (changed.length === 0) return undefined;
  const decreased = changed.filter(([, sum]) => sum < 0);
  const conditions = [
    ...(mustExist ? ['attribute_exists(userId)'] : []),
    ...decreased.map(([counter]) => `${counter} >= :${counter}Floor`),
  ];
  return {
    Update: {
      TableName: table,
      Key: key,
      UpdateExpression: `ADD ${changed.map(([counter]) => `${counter} :${counter}`).join(', ')}`,
      ...(conditions.length > 0 ? { ConditionExpression: conditions.join(' AND ') } : {}),
      ExpressionAttributeValues: Object.fromEntries([
        ...changed.map(([counter, sum]) => [`:${counter}`, sum]),
        ...decreased.map(([counter, sum]) => [`:${counter}Floor`, -sum]),
      ]),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}
