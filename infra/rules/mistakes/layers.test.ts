import { describe, expect, test } from 'vitest';
import { seededMistakes, type Layer } from './layers.ts';
import { ruleMistakes } from './ruleMistakes.ts';
import { synthesisMistakes } from './synthesisMistakes.ts';
import { typeMistakes } from './typeMistakes.ts';

const titles: Readonly<Record<Layer, readonly string[]>> = {
  tsc: typeMistakes.map(({ title }) => title),
  synth: synthesisMistakes.map(({ title }) => title),
  rule: ruleMistakes.map(({ title }) => title),
};

describe('mistakes that were made to see what finds them', () => {
  test.each(seededMistakes)('%s: the layer %s finds it', (_mistake, layer, title) => {
    expect(titles[layer]).toContain(title);
  });

  test('are joined by at least as many others', () => {
    const all = Object.values(titles).flat();
    const seeded = new Set(seededMistakes.map(([, , title]) => title));
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((title) => !seeded.has(title)).length).toBeGreaterThanOrEqual(seededMistakes.length);
  });
});
