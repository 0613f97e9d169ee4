import { describe, expect, it } from 'vitest';

import { readCases, valueOf } from './support.ts';

interface GuideCase {
  readonly id: string;
  readonly call: string;
  readonly args: readonly unknown[];
  readonly expected?: unknown;
  readonly expectedJsonString?: unknown;
}

describe("The developer guide's samples", () => {
  const cases = readCases<GuideCase>('utilOutputs');

  it('are 31', () => {
    expect(cases).toHaveLength(31);
  });

  it.each(cases.map((sample) => [sample.id, sample] as const))(
    '%s',
    (_id, { call, args, expected, expectedJsonString }) => {
      const value = valueOf(`${call}(...ctx.args.list)`, { args: { list: args } });
      if (expectedJsonString === undefined) expect(value).toEqual(expected);
      else expect(JSON.parse(String(value))).toEqual(expectedJsonString);
    },
  );
});
