import type { JsonObject, JsonValue } from '../../../json.ts';
import { own, readValue } from '../attributeValue.ts';
import { serializationError, validationError } from '../errors.ts';
import type { AttributeValue } from '../model.ts';
import { expressionError, type ExpressionKind } from './lexer.ts';
import type { Path } from './path.ts';
import type { PathSyntax, ValueSyntax } from './syntax.ts';

/** The names and values of one request, and which of them its expressions used. */
export interface Scope {
  path(kind: ExpressionKind, syntax: PathSyntax): Path;
  value(kind: ExpressionKind, syntax: ValueSyntax): AttributeValue;
  /** Refuses names and values that no expression used. Call it when all expressions are bound. */
  finish(): void;
}

const NAME = /^#[0-9a-zA-Z_]+$/;
const VALUE = /^:[0-9a-zA-Z_]+$/;

/** Reads the expression attributes of a request; `kinds` are the expression parameters its operation has. */
export function openScope(input: JsonObject, kinds: readonly ExpressionKind[]): Scope {
  const present = kinds.some((kind) => input[kind] !== undefined);
  const names = readNames(input, present);
  const values = readValues(input, kinds);
  const unusedNames = new Set(names && Object.keys(names));
  const unusedValues = new Set(values && Object.keys(values));

  function resolve(kind: ExpressionKind, name: string): string {
    const found = names && own(names, name);
    if (found === undefined) {
      throw expressionError(
        kind,
        `An expression attribute name used in the document path is not defined; attribute name: ${name}`,
      );
    }
    unusedNames.delete(name);
    return found;
  }

  return {
    path(kind, { steps, hasNames }) {
      if (!hasNames) return steps;
      return steps.map((step) => (typeof step === 'string' && step[0] === '#' ? resolve(kind, step) : step));
    },
    value(kind, { name }) {
      const found = values && own(values, name);
      if (!found) {
        throw expressionError(
          kind,
          `An expression attribute value used in expression is not defined; attribute value: ${name}`,
        );
      }
      unusedValues.delete(name);
      return found;
    },
    finish() {
      if (unusedNames.size > 0) throw unused('Names', unusedNames);
      if (unusedValues.size > 0) throw unused('Values', unusedValues);
    },
  };
}

function unused(what: 'Names' | 'Values', keys: ReadonlySet<string>): Error {
  return validationError(
    `Value provided in ExpressionAttribute${what} unused in expressions: keys: {${[...keys].join(', ')}}`,
  );
}

function readMapParameter(given: JsonValue | undefined): JsonObject | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'object' && !Array.isArray(given)) return given;
  throw serializationError('Unexpected field type');
}

function readNames(input: JsonObject, allowed: boolean): { [name: string]: string } | undefined {
  const given = readMapParameter(input.ExpressionAttributeNames);
  if (given === undefined) return undefined;
  if (!allowed) throw validationError('ExpressionAttributeNames can only be specified when using expressions');
  const keys = Object.keys(given);
  if (keys.length === 0) throw validationError('ExpressionAttributeNames must not be empty');
  for (const key of keys) {
    if (!NAME.test(key)) {
      throw validationError(`ExpressionAttributeNames contains invalid key: Syntax error; key: "${key}"`);
    }
    if (typeof given[key] !== 'string') throw serializationError('Unexpected field type');
    if (given[key] === '') {
      throw validationError(`ExpressionAttributeNames contains invalid value: Empty attribute name; key: ${key}`);
    }
  }
  return given as { [name: string]: string };
}

function readValues(
  input: JsonObject,
  kinds: readonly ExpressionKind[],
): { [name: string]: AttributeValue } | undefined {
  const given = readMapParameter(input.ExpressionAttributeValues);
  if (given === undefined) return undefined;
  const users = kinds.filter((kind) => kind !== 'ProjectionExpression');
  if (users.every((kind) => input[kind] === undefined)) {
    const verb = users.length > 1 ? 'are' : 'is';
    throw validationError(
      `ExpressionAttributeValues can only be specified when using expressions: ${users.join(' and ')} ${verb} null`,
    );
  }
  const keys = Object.keys(given);
  if (keys.length === 0) throw validationError('ExpressionAttributeValues must not be empty');
  const values: { [name: string]: AttributeValue } = {};
  for (const key of keys) {
    if (!VALUE.test(key)) {
      throw validationError(`ExpressionAttributeValues contains invalid key: Syntax error; key: "${key}"`);
    }
    values[key] = readNamedValue(given, key);
  }
  return values;
}

function readNamedValue(given: JsonObject, key: string): AttributeValue {
  try {
    return readValue(given[key]);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ValidationException') throw error;
    throw validationError(`ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`);
  }
}
