import { SourceMap, type SourceMapPayload } from 'node:module';

/** Formats a place in the code as AppSync's logs do. Line and column start at 1. */
export type FormatPosition = (line: number, column: number) => string;

/** AppSync names all code `code.js`, unless an inline source map knows better. */
const CODE_FILE = 'code.js';
const INLINE_SOURCE_MAP = /\/\/# sourceMappingURL=data:application\/json;(?:charset=[\w-]+;)?base64,([\w+/=]+)\s*$/;

export function positionFormatter(code: string): FormatPosition {
  const originOf = originFinder(code);
  return (line, column) => {
    const origin = originOf(line, column);
    return origin ? `${origin.file}:${origin.line}:${origin.column}` : `${CODE_FILE}:${line}:${column}`;
  };
}

/** A place in the file that was bundled, as the source map names it. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Undefined: the code has no source map, or that says nothing of the place. */
export function originFinder(code: string): (line: number, column: number) => Origin | undefined {
  const sourceMap = inlineSourceMap(code);
  return (line, column) => {
    const origin = sourceMap?.findOrigin(line, column);
    if (!origin || !('fileName' in origin) || !origin.fileName) return undefined;
    return { file: origin.fileName, line: origin.lineNumber, column: origin.columnNumber };
  };
}

function inlineSourceMap(code: string): SourceMap | undefined {
  const encoded = INLINE_SOURCE_MAP.exec(code)?.[1];
  if (encoded === undefined) return undefined;
  try {
    const payload: unknown = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
    return isSourceMap(payload) ? new SourceMap(payload) : undefined;
  } catch {
    // A broken map costs only the original positions.
    return undefined;
  }
}

function isSourceMap(payload: unknown): payload is SourceMapPayload {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    'mappings' in payload &&
    typeof payload.mappings === 'string' &&
    'sources' in payload &&
    Array.isArray(payload.sources) &&
    payload.sources.every((source) => typeof source === 'string')
  );
}
