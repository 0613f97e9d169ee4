import { acceptModule } from './services/appsync/javascript/gate/acceptModule.ts';
import { originFinder, type Origin } from './services/appsync/javascript/positions.ts';
import { CodeError } from './services/appsync/javascript/runtime.ts';
import { createTypeCheck } from './services/appsync/javascript/types/index.ts';
import { PASSED_FILE } from './services/appsync/javascript/types/passed.ts';

/** Something in resolver code for which AppSync would not deploy it. */
export interface Refusal {
  /** Which of the codes it is in. */
  readonly name: string;
  /** Where in the sources, by the code's source map; undefined without one. */
  readonly at: Origin | undefined;
  /** `error TS2304: Cannot find name 'Date'.` */
  readonly message: string;
}

/** One for as long as the process lives: a bundler that watches checks again what was edited, and nothing else. */
const typeCheck = createTypeCheck({ passedFile: PASSED_FILE });

/** The codes of the last call in which there was nothing to refuse. */
let accepted: ReadonlySet<string> = new Set();

/**
 * What AppSync would refuse at deployment, in its language, names and types; for tools that make the code. Who asks again, after
 * an edit, waits for what is new.
 */
export function findRefusals(codes: ReadonlyMap<string, string>): Refusal[] {
  const unknown = [...codes].filter(([, code]) => !accepted.has(code));
  typeCheck.prepare(unknown.map(([, code]) => code));
  const refusals = unknown.flatMap(([name, code]) => refusalsIn(name, code));
  const refused = new Set(refusals.map(({ name }) => name));
  accepted = new Set([...codes].filter(([name]) => !refused.has(name)).map(([, code]) => code));
  return refusals;
}

function refusalsIn(name: string, code: string): Refusal[] {
  try {
    acceptModule(code, typeCheck);
    return [];
  } catch (error) {
    if (!(error instanceof CodeError)) throw error;
    const originOf = originFinder(code);
    return error.codeErrors.map(({ value, location }) => ({
      name,
      at: originOf(location.line, location.column),
      message: value.trim().replace(/^code\.js\(\d+,\d+\): error /, ''),
    }));
  }
}
