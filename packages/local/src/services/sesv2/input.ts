import { AwsError, NotEmulated } from '../../aws/error.ts';
import type { JsonObject, JsonValue } from '../../json.ts';

export const badRequest = (message: string): AwsError => new AwsError('BadRequestException', message);

export const notFound = (message: string): AwsError => new AwsError('NotFoundException', message, { statusCode: 404 });

/** Reads members of an input. Each throws `BadRequestException` that names the member. */
export function readerOf(input: JsonObject, at = '') {
  const wrong = (name: string, expected: string): AwsError => badRequest(`${at}${name} must be ${expected}`);
  const optional = <T>(name: string, read: (value: JsonValue) => T): T | undefined => {
    const value = input[name];
    return value === undefined || value === null ? undefined : read(value);
  };
  return {
    text(name: string): string {
      const value = input[name];
      if (typeof value !== 'string' || value === '') throw wrong(name, 'a string that is not empty');
      return value;
    },
    optionalText: (name: string): string | undefined =>
      optional(name, (value) => {
        if (typeof value !== 'string') throw wrong(name, 'a string');
        return value;
      }),
    object(name: string): JsonObject {
      return this.optionalObject(name) ?? raise(wrong(name, 'an object'));
    },
    optionalObject: (name: string): JsonObject | undefined =>
      optional(name, (value) => (isObject(value) ? value : raise(wrong(name, 'an object')))),
    /** Empty when it is missing. */
    objects: (name: string): JsonObject[] =>
      optional(name, (value) => listOf(value, isObject) ?? raise(wrong(name, 'a list of objects'))) ?? [],
    /** Empty when it is missing. */
    texts: (name: string): string[] =>
      optional(
        name,
        (value) =>
          listOf(value, (each): each is string => typeof each === 'string') ?? raise(wrong(name, 'a list of strings')),
      ) ?? [],
    /** Refuses members that change what SES does and that do nothing here. */
    refuse(names: readonly string[]): void {
      for (const name of names) {
        if (input[name] !== undefined && input[name] !== null) throw new NotEmulated(`ses: ${at}${name}`);
      }
    },
  };
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function listOf<T extends JsonValue>(value: JsonValue, is: (each: JsonValue) => each is T): T[] | undefined {
  return Array.isArray(value) && value.every(is) ? value : undefined;
}

function raise(error: Error): never {
  throw error;
}

/** `TemplateData` and the like: a JSON object in a string. Throws `BadRequestException`. */
export function parseData(name: string, text: string | undefined): JsonObject {
  if (text === undefined || text === '') return {};
  if (Buffer.byteLength(text) > MAX_TEMPLATE_DATA_BYTES) {
    throw badRequest(`${name} must not have more than ${MAX_TEMPLATE_DATA_BYTES} bytes`);
  }
  const value = parseJson(text);
  if (value === undefined || !isObject(value)) throw badRequest(`${name} must be a JSON object in a string`);
  return value;
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Template.html */
const MAX_TEMPLATE_DATA_BYTES = 262_144;

function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
