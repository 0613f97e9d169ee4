/** The list of those who want digests: items of `ops`, which the index byStatus has by frequency and shard. */
export const frequencies = ['DAILY', 'WEEKLY'] as const;

export type Frequency = (typeof frequencies)[number];

/** Parts of a list that are read side by side. With another number, readers of old lists must be moved first. */
export const SHARDS = 4;

export function isFrequency(value: unknown): value is Frequency {
  return frequencies.some((each) => each === value);
}

export function readerKey(userId: string): { readonly operationId: string } {
  return { operationId: `DIGEST_MAIL#${userId}` };
}

/** The `status` of a list's part. */
export function listOf(frequency: Frequency, shard: number): string {
  return `${frequency}_MAIL#${shard}`;
}

/** The part that a member is in. */
export function shardOf(userId: string): number {
  return [...userId].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % SHARDS;
}
