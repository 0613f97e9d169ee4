/** Sends what sibling fields ask of one function together. One queue per GraphQL request. */
export interface BatchQueue {
  /** Adds `item` to the batch of `key`; `send` gets at most `maxSize` items and answers them in order. */
  add(
    key: string,
    item: unknown,
    maxSize: number,
    send: (items: readonly unknown[]) => Promise<readonly unknown[]>,
  ): Promise<unknown>;
}

interface Waiting {
  readonly item: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** A batch is sent when every field that can go on without it has done so. */
export function createBatchQueue(): BatchQueue {
  const batches = new Map<string, Waiting[]>();

  const flush = (key: string, maxSize: number, send: (items: readonly unknown[]) => Promise<readonly unknown[]>) => {
    const waiting = batches.get(key) ?? [];
    batches.delete(key);
    for (let start = 0; start < waiting.length; start += maxSize) {
      const part = waiting.slice(start, start + maxSize);
      send(part.map(({ item }) => item)).then(
        (answers) => part.forEach(({ resolve }, index) => resolve(answers[index])),
        (error: unknown) => part.forEach(({ reject }) => reject(error)),
      );
    }
  };

  return {
    add(key, item, maxSize, send) {
      return new Promise((resolve, reject) => {
        const waiting = batches.get(key);
        if (waiting !== undefined) {
          waiting.push({ item, resolve, reject });
          return;
        }
        batches.set(key, [{ item, resolve, reject }]);
        setImmediate(flush, key, maxSize, send);
      });
    },
  };
}
