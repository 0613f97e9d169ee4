import * as acorn from 'acorn';

import { CodeError, type CodeFinding, MAX_CODE_CHARACTERS } from './runtime.ts';
import { indexTree, type SyntaxTree } from './syntaxTree.ts';

/** A finding's parts before AppSync's text is made of them. Line and column start at 1. */
export interface Location {
  readonly line: number;
  readonly column: number;
  readonly span: number;
}

/**
 * One entry of `detail.codeErrors`, with the text that AppSync prints:
 * `code.js(1,7): error TS1135: Argument expression expected.`
 */
export function codeFinding(
  errorType: CodeFinding['errorType'],
  label: string,
  message: string,
  location: Location,
): CodeFinding {
  const value = `code.js(${location.line},${location.column}): error ${label}: ${message}\n`;
  return { errorType, value, location };
}

/** Reads one ES module. Throws `CodeError` when it is too long or is no JavaScript. */
export function parseModule(code: string): SyntaxTree {
  if (code.length > MAX_CODE_CHARACTERS) {
    const message = `The code has ${code.length} characters; at most ${MAX_CODE_CHARACTERS} are allowed.`;
    throw new CodeError([codeFinding('PARSER_ERROR', 'CodeTooLong', message, { line: 1, column: 1, span: 0 })]);
  }
  try {
    return indexTree(acorn.parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true }));
  } catch (error) {
    throw new CodeError([parserFinding(error)]);
  }
}

function parserFinding(error: unknown): CodeFinding {
  if (error instanceof RangeError) {
    const message = 'The code is nested too deeply.';
    return codeFinding('PARSER_ERROR', 'SyntaxError', message, { line: 1, column: 1, span: 0 });
  }
  if (!(error instanceof SyntaxError) || !('loc' in error)) throw error;
  const { line, column } = error.loc as acorn.Position;
  // acorn ends its messages with its own "(line:column)".
  const message = `${error.message.replace(/ \(\d+:\d+\)$/, '')}.`;
  return codeFinding('PARSER_ERROR', 'SyntaxError', message, { line, column: column + 1, span: 1 });
}
