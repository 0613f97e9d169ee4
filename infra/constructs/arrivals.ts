import { S3BucketNotification } from '../aws.ts';
import type { BucketKey } from '../buckets.ts';
import type { FunctionSpec } from '../functions.ts';
import type { Stack } from '../stacks/stack.ts';
import type { WorkQueue } from './workQueue.ts';

/** A bucket has one list of whom it tells, so it is made of all functions' rows together. */
export function tellOfArrivals(
  stack: Stack,
  functions: Readonly<Record<string, FunctionSpec>>,
  {
    queues,
    buckets,
  }: {
    readonly queues: ReadonlyMap<string, WorkQueue>;
    readonly buckets: Readonly<Record<BucketKey, { readonly id: string }>>;
  },
): void {
  const told = Object.entries(functions).flatMap(([key, { arrivals = [] }]) =>
    arrivals.map(({ bucket, prefix }) => ({ key, bucket, prefix })),
  );
  for (const [bucket, rows] of Map.groupBy(told, (row) => row.bucket)) {
    const receivers = rows.flatMap(({ key, prefix }) => {
      const queue = queues.get(key);
      return queue ? [{ queue, prefix, key }] : [];
    });
    new S3BucketNotification(stack.group('arrivals'), bucket, {
      bucket: buckets[bucket].id,
      queue: receivers.map(({ key, queue, prefix }) => ({
        id: key,
        queueArn: queue.queue.arn,
        events: ['s3:ObjectCreated:*'],
        ...(prefix === undefined ? {} : { filterPrefix: prefix }),
      })),
      // S3 sends a message to try it, so the queues must let it in first.
      dependsOn: receivers.flatMap(({ queue }) => (queue.senders ? [queue.senders] : [])),
    });
  }
}
