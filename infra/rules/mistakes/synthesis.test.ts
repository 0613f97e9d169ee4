import { expect, test } from 'vitest';
import { synthesisMistakes } from './synthesisMistakes.ts';

test.each(synthesisMistakes.map((mistake) => [mistake.title, mistake] as const))(
  'the synthesis ends when %s',
  async (_title, { line, make }) => {
    await expect(make()).rejects.toThrow(expect.objectContaining({ message: line }));
  },
);
