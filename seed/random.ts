/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A rank from 0 to `count - 1`; rank r is drawn in proportion to 1 / (r + 1), as popularity is spread (Zipf, s = 1). */
export function popularRank(count: number, next: () => number): number {
  let total = 0;
  for (let rank = 1; rank <= count; rank++) total += 1 / rank;
  let rest = next() * total;
  for (let rank = 1; rank < count; rank++) {
    rest -= 1 / rank;
    if (rest <= 0) return rank - 1;
  }
  return count - 1;
}
