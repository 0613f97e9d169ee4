import { parseModule } from '../parse.ts';
import { CodeError, type CodeFinding } from '../runtime.ts';
import type { SyntaxTree } from '../syntaxTree.ts';
import type { TypeCheck } from '../types/index.ts';
import { checkLanguage } from './languageGate.ts';

/** Reads a module. Throws `CodeError` with all that AWS would refuse in it, in source order. */
export function acceptModule(code: string, typeCheck?: TypeCheck): SyntaxTree {
  const tree = parse(code, typeCheck);
  const language = checkLanguage(tree);
  const types = (typeCheck?.findings(code) ?? []).filter((finding) => !language.some((said) => covers(said, finding)));
  const findings = [...language, ...types].sort((a, b) => compare(a.location, b.location));
  if (findings.length > 0) throw new CodeError(findings);
  return tree;
}

/** AWS words a syntax error as TypeScript does: where the compiler is at hand, it says what is wrong. */
function parse(code: string, typeCheck: TypeCheck | undefined): SyntaxTree {
  try {
    return parseModule(code);
  } catch (error) {
    if (!(error instanceof CodeError) || error.codeErrors.some(({ value }) => !value.includes(' error SyntaxError:')))
      throw error;
    const findings = typeCheck?.findings(code) ?? [];
    throw findings.length > 0 ? new CodeError(findings) : error;
  }
}

/** Rules about a name, of which the check of types would say only that it does not know it. */
const ABOUT_NAMES = /@aws-appsync\/(modules|no-promise|no-disallowed-methods|no-dynamic-code):/;

function covers(said: CodeFinding, { location }: CodeFinding): boolean {
  const { line, column, span } = said.location;
  const isInside = location.line === line && location.column >= column && location.column < column + span;
  return isInside && ABOUT_NAMES.test(said.value);
}

function compare(a: CodeFinding['location'], b: CodeFinding['location']): number {
  return a.line - b.line || a.column - b.column;
}
