import { compileFilters, type RecordFilter } from '../batches/eventPattern.ts';

/**
 * Compiles the filters of a queue (Lambda Developer Guide, "Properly filtering Amazon SQS messages"): what a pattern says of
 * `body` as an object is about a body in JSON, what it says as a list is about a body that is plain text, and one of the other
 * kind does not match. Throws as `compileFilters`.
 */
export function compileMessageFilters(patterns: readonly string[], address: string): RecordFilter {
  const filters = patterns.map((pattern) => compileOne(pattern, address));
  return (record) => filters.length === 0 || filters.some((matches) => matches(record));
}

function compileOne(pattern: string, address: string): RecordFilter {
  const matches = compileFilters([pattern], address);
  const { body: wanted } = JSON.parse(pattern) as { readonly body?: unknown };
  if (wanted === undefined) return matches;
  const wantsText = Array.isArray(wanted);
  return (record) => {
    const { body } = record as { readonly body: string };
    const parsed = parseObject(body);
    if (wantsText) return parsed === undefined && matches(record);
    return parsed !== undefined && matches({ ...(record as object), body: parsed });
  };
}

/** Undefined for what is plain text to a filter. */
function parseObject(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
