import { readTokens } from './tokenReader.ts';
import type { PathSyntax } from './syntax.ts';

/** Parses a projection expression. Throws `ValidationException`. */
export function parseProjection(text: string): readonly PathSyntax[] {
  const reader = readTokens('ProjectionExpression', text);
  const paths = [reader.path()];
  while (reader.take(',')) paths.push(reader.path());
  reader.finish();
  return paths;
}
