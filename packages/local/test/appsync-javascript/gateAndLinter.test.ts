import { describe, expect, it } from 'vitest';

import { acceptModule } from '../../src/services/appsync/javascript/gate/acceptModule.ts';
import { CodeError } from '../../src/services/appsync/javascript/runtime.ts';
import { createTypeCheck } from '../../src/services/appsync/javascript/types/index.ts';
import { AGREED, DIFFERENCES } from './cases/gateSnippets.ts';
import { linterFindings } from './linter.ts';

const typeCheck = createTypeCheck();

/** The rules that the gate names; what its check of types says is another test's. */
function gateFindings(code: string): string[] {
  try {
    acceptModule(code, typeCheck);
    return [];
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    const rules = error.codeErrors.flatMap(({ value }) => /error @aws-appsync\/([\w-]+):/.exec(value)?.[1] ?? []);
    return [...new Set(rules)].sort();
  }
}

describe("the gate and AWS's linter say the same of", () => {
  const codes = AGREED.map(([code]) => code);
  const linter = linterFindings(codes);
  typeCheck.prepare(codes);

  it.each(AGREED.map(([code, ...rules], index) => [code, rules, index] as const))('%s', (code, rules, index) => {
    expect({ linter: linter[index], gate: gateFindings(code) }).toEqual({ linter: rules, gate: rules });
  });
});

describe("the gate differs from AWS's linter", () => {
  const linter = linterFindings(DIFFERENCES.map(({ code }) => code));

  it.each(DIFFERENCES.map((difference, index) => [difference.because, difference, index] as const))(
    'because %s',
    (_, difference, index) => {
      expect({ linter: linter[index], gate: gateFindings(difference.code) }).toEqual({
        linter: difference.linter,
        gate: difference.gate,
      });
    },
  );
});
