import type { Month } from '../shared/bundles.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_CHARACTERS = 10;
const RANDOM_CHARACTERS = 16;
const DAY = 24 * 60 * 60 * 1_000;

/** When a post was made: the time in its ULID, epoch milliseconds. https://github.com/ulid/spec */
export function timeOf(postId: string): number {
  return [...postId.slice(0, TIME_CHARACTERS)].reduce((time, character) => time * 32 + CROCKFORD.indexOf(character), 0);
}

export function monthOf(postId: string): Month {
  return monthAt(timeOf(postId));
}

/** `2026-08-30` */
export function dayOf(postId: string): string {
  return new Date(timeOf(postId)).toISOString().slice(0, 10);
}

/** No post of the month has a smaller id, and none of an earlier month a greater one. */
export function lowestId(month: Month): string {
  let time = Date.UTC(Number(month.slice(0, 4)), Number(month.slice(4)) - 1);
  let digits = '';
  for (let place = 0; place < TIME_CHARACTERS; place += 1) {
    digits = (CROCKFORD[time % 32] ?? '') + digits;
    time = Math.floor(time / 32);
  }
  return digits + '0'.repeat(RANDOM_CHARACTERS);
}

export function monthAfter(month: Month): Month {
  return monthAt(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(4))));
}

/** The first month that is not archived yet: what is `hotDays` old at `now` is in it, and all before it is older. */
export function firstHotMonth(now: number, hotDays: number): Month {
  return monthAt(now - hotDays * DAY);
}

function monthAt(time: number): Month {
  return new Date(time).toISOString().slice(0, 7).replace('-', '');
}
