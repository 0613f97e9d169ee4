import { createHash } from 'node:crypto';

/** Numbers from 0 to 1, 1 not included: the same for the same seed. For load, never for secrets. */
export type Uniform = () => number;

/** Mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c: 32 bits of state, fast and even enough for load. */
export function uniform(seed: string): Uniform {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many of something come in a second when that many do on average. */
export function poisson(mean: number, random: Uniform): number {
  if (mean <= 0) return 0;
  if (mean > 50) {
    // The normal distribution is as close as anybody can tell.
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count += 1;
  return count;
}
