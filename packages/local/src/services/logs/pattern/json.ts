import type { JsonValue } from '../../../json.ts';
import { matchesGlob } from './glob.ts';
import { parseCondition, type Condition, type Path } from './jsonSyntax.ts';

/** `{ $.level = "ERROR" && $.milliseconds > 100 }`: messages that are JSON objects for which it holds. */
export function compileJson(pattern: string): (message: string) => boolean {
  const condition = parseCondition(pattern);
  return (message) => {
    const value = parseObject(message);
    return value !== undefined && holds(condition, value);
  };
}

function parseObject(message: string): JsonValue | undefined {
  if (!message.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(message) as JsonValue;
  } catch {
    return undefined;
  }
}

function holds(condition: Condition, value: JsonValue): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => holds(part, value));
    case 'or':
      return condition.parts.some((part) => holds(part, value));
    case 'is':
      return lookUp(condition.path, value) === condition.value;
    case 'absent':
      return lookUp(condition.path, value) === undefined;
    case 'compare':
      return compares(condition, lookUp(condition.path, value));
  }
}

/** What is not there, or of another type, is neither equal nor unequal. */
function compares({ operator, value }: Extract<Condition, { kind: 'compare' }>, found: JsonValue | undefined): boolean {
  if ('number' in value) return typeof found === 'number' && NUMERIC[operator](found, value.number);
  if (typeof found !== 'string') return false;
  if (operator === '=') return matchesGlob(found, value.text);
  return operator === '!=' && !matchesGlob(found, value.text);
}

const NUMERIC = {
  '=': (a: number, b: number) => a === b,
  '!=': (a: number, b: number) => a !== b,
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
} as const;

function lookUp(path: Path, value: JsonValue): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || Array.isArray(found) !== (typeof step === 'number'))
      return undefined;
    found = Object.hasOwn(found, step) ? (found as Record<string | number, JsonValue>)[step] : undefined;
  }
  return found;
}
