import type { JsonObject, JsonValue } from '../json.ts';
import { TerraformError } from './error.ts';
import { interpret, nameOf, type Scope } from './language/interpret.ts';
import { isTemplate, parseTemplate } from './language/parseTemplate.ts';
import { BrokenReference, ExpressionError } from './language/syntax.ts';

/** Where a value stands: what messages begin with. */
export interface Place {
  readonly address: string;
  readonly file: string;
}

/** Resolves every expression in a JSON value; keys of objects may hold expressions too. */
export function evaluateValue(value: JsonValue, place: Place, scope: Scope): JsonValue {
  if (typeof value === 'string') return evaluateText(value, place, scope);
  if (Array.isArray(value)) return value.map((item, index) => evaluateValue(item, inside(place, index), scope));
  if (typeof value === 'object' && value !== null) return evaluateObject(value, place, scope);
  return value;
}

export function evaluateObject(object: JsonObject, place: Place, scope: Scope): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      isTemplate(key) ? String(evaluateText(key, place, scope)) : key,
      evaluateValue(value, inside(place, key), scope),
    ]),
  );
}

function inside(place: Place, key: string | number): Place {
  return { ...place, address: nameOf(place.address, key) };
}

function evaluateText(text: string, place: Place, scope: Scope): JsonValue {
  if (!isTemplate(text)) return text;
  return translating(place, () => interpret(parseTemplate(text), scope));
}

/** Says where it happened when an expression fails. */
export function translating<Value>(place: Place, run: () => Value): Value {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const verb = error instanceof BrokenReference ? ' refers to' : ':';
    throw new TerraformError(`${place.address}${verb} ${error.message}`, place);
  }
}
