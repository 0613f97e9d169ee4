import { createRequire } from 'node:module';
import type { JsonObject } from '../src/json.ts';
import type { BenchTarget } from './targets.ts';

/** The parts of dynalite that its HTTP server calls for each request; it has no types and no public in-process API. */
interface Validation {
  readonly types: unknown;
  readonly custom?: unknown;
}
interface Validations {
  checkTypes(input: JsonObject, types: unknown): JsonObject;
  checkValidations(input: JsonObject, types: unknown, custom: unknown, store: unknown): void;
}
type Action = (store: unknown, input: JsonObject, callback: (error: Error | null, answer: JsonObject) => void) => void;

const require = createRequire(import.meta.url);

/** dynalite without its HTTP server, in memory. */
export function dynaliteInProcess(): BenchTarget {
  const { create } = require('dynalite/db') as { create(options: JsonObject): unknown };
  const { checkTypes, checkValidations } = require('dynalite/validations') as Validations;
  const store = create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const loaded = new Map<string, { readonly validation: Validation; readonly action: Action }>();

  function load(operation: string) {
    const file = operation.charAt(0).toLowerCase() + operation.slice(1);
    const known = loaded.get(operation) ?? {
      validation: require(`dynalite/validations/${file}`) as Validation,
      action: require(`dynalite/actions/${file}`) as Action,
    };
    loaded.set(operation, known);
    return known;
  }

  return {
    name: 'dynalite',
    run(operation, input) {
      const { validation, action } = load(operation);
      return new Promise((resolve, reject) => {
        const checked = checkTypes(input, validation.types);
        checkValidations(checked, validation.types, validation.custom, store);
        action(store, checked, (error, answer) => (error ? reject(error) : resolve(answer)));
      });
    },
  };
}
