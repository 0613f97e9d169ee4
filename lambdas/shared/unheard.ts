import { batchGet } from './batchGet.ts';
import { required } from './environment.ts';

/** Of the people, those whom the recipient has blocked or muted, or who have blocked the recipient. */
export async function unheard(recipientId: string, actorIds: readonly string[]): Promise<ReadonlySet<string>> {
  const relations = new Map(
    actorIds.flatMap((actorId) =>
      [
        { userId: recipientId, edge: `BLOCK#${actorId}` },
        { userId: recipientId, edge: `MUTE#${actorId}` },
        { userId: actorId, edge: `BLOCK#${recipientId}` },
      ].map((key) => [JSON.stringify(key), { key, actorId }] as const),
    ),
  );
  const keys = [...relations.values()].map(({ key }) => key);
  const found = await batchGet(required('EDGES_TABLE'), keys);
  return new Set(found.flatMap(({ userId, edge }) => relations.get(JSON.stringify({ userId, edge }))?.actorId ?? []));
}
