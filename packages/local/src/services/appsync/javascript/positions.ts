import { SourceMap, type SourceMapPayload } from 'node:module';

/** Formats a place in the code as AppSync's logs do. Line and column start at 1. */
export type FormatPosition = (line: number, column: number) => string;

/** AppSync names all code `code.js`, unless an inline source map knows better. */
const CODE_FILE = 'code.js';
const INLINE_SOURCE_MAP = /\/\/# sourceMappingURL=data:application\/json;(?:charset=[\w-]+;)?base64,([\w+/=]+)\s*$/;

export function positionFormatter(code: string): FormatPosition {
  const sourceMap = inlineSourceMap(code);
  return (line, column) => {
    const origin = sourceMap?.findOrigin(line, column);
    return origin && 'fileName' in origin && origin.fileName
      ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`
      : `${CODE_FILE}:${line}:${column}`;
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
