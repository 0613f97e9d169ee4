import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Row } from './row.ts';
import { follow, like, post } from './social.ts';
import type { Worker, Workshop } from './workshop.ts';

const MEMBERS = 10;
const MINUTES = 60;
/** By then every handler has run and every cache has been filled. */
const WARM_MINUTES = 10;
const MINUTE = 60_000;
const MEGABYTE = 1024 * 1024;

/** An hour of the local clock in which each member posts once a minute and likes what the one before has posted. */
export async function memory(workshop: Workshop): Promise<Row[]> {
  const members: Worker[] = [];
  for (let index = 0; index < MEMBERS; index += 1) members.push(await workshop.newMember(`hour${index}`));
  for (const [index, member] of members.entries()) {
    await follow(workshop, member, members[(index + 1) % MEMBERS]!);
  }
  let warm = { heap: 0, resident: 0 };
  for (let minute = 1; minute <= MINUTES; minute += 1) {
    const posts = await Promise.all(members.map((member, index) => post(workshop, member, `${minute} ${index}`)));
    await Promise.all(members.map((member, index) => like(workshop, member, posts[(index + 1) % MEMBERS]!)));
    const { system } = workshop;
    await system.travel(system.clock.now() + MINUTE);
    if (minute === WARM_MINUTES) warm = megabytes();
  }
  const end = megabytes();
  const how = `${MEMBERS} members, ${MEMBERS * MINUTES * 2} mutations in an hour of the local clock`;
  return [
    { what: 'heap after ten minutes', value: warm.heap, unit: 'MB', how },
    { what: 'heap after an hour', value: end.heap, unit: 'MB', how: more(warm.heap, end.heap) },
    {
      what: 'process after ten minutes',
      value: warm.resident,
      unit: 'MB',
      how: "resident, with the functions' workers",
    },
    { what: 'process after an hour', value: end.resident, unit: 'MB', how: more(warm.resident, end.resident) },
  ];
}

const more = (before: number, after: number): string => `${(((after - before) / before) * 100).toFixed(1)} % more`;

/** What is in use after everything that is not has been thrown away, and what the machine has given to the process. */
function megabytes(): { readonly heap: number; readonly resident: number } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { heap: heapUsed / MEGABYTE, resident: rss / MEGABYTE };
}
