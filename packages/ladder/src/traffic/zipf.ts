import type { Uniform } from './random.ts';

/** Draws ranks from 0, the most popular first; rank `r` comes with a weight of `1 / (r + 1) ** exponent`. */
export interface Zipf {
  draw(random: Uniform): number;
  /** Of all draws, those of a rank. */
  share(rank: number): number;
}

/** Walker's alias method: a draw takes the same time however many ranks there are. */
export function zipf(ranks: number, exponent: number): Zipf {
  const weights = Float64Array.from({ length: ranks }, (_, rank) => (rank + 1) ** -exponent);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scaled = weights.map((weight) => (weight * ranks) / total);
  const alias = new Uint32Array(ranks);
  const chance = new Float64Array(ranks).fill(1);
  const small: number[] = [];
  const large: number[] = [];
  scaled.forEach((weight, rank) => (weight < 1 ? small : large).push(rank));
  while (small.length > 0 && large.length > 0) {
    const less = small.pop() as number;
    const more = large[large.length - 1] as number;
    chance[less] = scaled[less] as number;
    alias[less] = more;
    const rest = (scaled[more] as number) - (1 - (scaled[less] as number));
    scaled[more] = rest;
    if (rest < 1) {
      large.pop();
      small.push(more);
    }
  }
  return {
    draw(random) {
      const rank = Math.floor(random() * ranks);
      return random() < (chance[rank] as number) ? rank : (alias[rank] as number);
    },
    share: (rank) => (weights[rank] ?? 0) / total,
  };
}
