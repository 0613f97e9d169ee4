import type { CodeFinding } from '../runtime.ts';
import { typeFindings } from './findings.ts';
import { rememberPassed } from './passed.ts';
import { type Compiler, createCompiler, versionsOf } from './program.ts';

/** AppSync's check of types: it infers them from the code, and deploys nothing where they do not fit. */
export interface TypeCheck {
  /** Checks these together, which is much faster than one after the other. */
  prepare(codes: Iterable<string>): void;
  findings(code: string): readonly CodeFinding[];
}

/** As in rememberModules.ts: old versions of edited resolvers go. */
const MAX_REMEMBERED = 1_000;

/** @param passedFile where to keep what had nothing to refuse; without it, every process begins anew. */
export function createTypeCheck({ passedFile }: { readonly passedFile?: string } = {}): TypeCheck {
  const passed = passedFile === undefined ? undefined : rememberPassed(passedFile, versionsOf());
  const known = new Map<string, readonly CodeFinding[]>();
  // Only when something is new: most starts need no compiler.
  let compiler: Compiler | undefined;

  const check = (codes: readonly string[]): readonly (readonly CodeFinding[])[] => {
    const { ts, check: compile } = (compiler ??= createCompiler());
    try {
      return compile(codes).map((module) => typeFindings(ts, module));
    } catch (error) {
      // Nested too deeply for the compiler, which is recursive: the others are to be checked all the same.
      if (!(error instanceof RangeError)) throw error;
      return codes.length === 1 ? [[]] : codes.flatMap((code) => check([code]));
    }
  };

  const prepare = (codes: Iterable<string>): void => {
    const unknown = [...new Set(codes)].filter((code) => !known.has(code));
    if (unknown.length === 0) return;
    for (const code of unknown) known.set(code, []);
    const fresh = passed?.newAmong(unknown) ?? unknown;
    const found = fresh.length === 0 ? [] : check(fresh);
    fresh.forEach((code, index) => known.set(code, found[index] ?? []));
    passed?.add(fresh.filter((_, index) => found[index]?.length === 0));
    for (const code of known.keys()) if (known.size > MAX_REMEMBERED) known.delete(code);
  };

  return {
    prepare,
    findings(code) {
      prepare([code]);
      return known.get(code) ?? [];
    },
  };
}
