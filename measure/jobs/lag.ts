import { setTimeout } from 'node:timers/promises';
import { percentile, type Row } from './row.ts';
import { follow, like, post } from './social.ts';
import type { Item, Workshop } from './workshop.ts';

const TIMES = 20;
const LOOK_EVERY_MILLISECONDS = 5;
const PATIENCE_MILLISECONDS = 15_000;

/** From the answer to a mutation until its effect can be read, one at a time. */
export async function lag(workshop: Workshop): Promise<Row[]> {
  const [author, reader] = [await workshop.newMember('writer'), await workshop.newMember('reader')];
  await follow(workshop, reader, author);
  await workshop.system.idle();
  const [entries, counts]: [number[], number[]] = [[], []];
  for (let time = 0; time < TIMES; time += 1) {
    const postId = await post(workshop, author, `lag ${time}`);
    entries.push(await until(workshop, 'timelines', { userId: reader.sub, entry: postId }, () => true));
    await like(workshop, reader, postId);
    counts.push(await until(workshop, 'posts', { postId, item: 'STATS' }, ({ likeCount }) => likeCount === 1));
  }
  return [
    ...rowsOf("a post to a follower's timeline", entries, 'no batch window'),
    ...rowsOf('a like to the counter', counts, 'batch window of 1 s'),
  ];
}

function rowsOf(what: string, values: readonly number[], how: string): Row[] {
  return [0.5, 0.95].map((share) => ({
    what: `lag of ${what}, p${share * 100}`,
    value: percentile(values, share),
    unit: 'ms',
    how: `${values.length} times, ${how}`,
  }));
}

async function until(
  { read }: Workshop,
  table: Parameters<Workshop['read']>[0],
  key: Item,
  isThere: (item: Item) => boolean,
): Promise<number> {
  const start = performance.now();
  for (;;) {
    const item = await read(table, key);
    const passed = performance.now() - start;
    if (item && isThere(item)) return passed;
    if (passed > PATIENCE_MILLISECONDS) throw new Error(`${JSON.stringify(key)} has not come in ${passed} ms`);
    await setTimeout(LOOK_EVERY_MILLISECONDS);
  }
}
