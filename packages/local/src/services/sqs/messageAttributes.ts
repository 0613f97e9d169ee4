import type { JsonObject } from '../../json.ts';
import { invalidParameter, unsupportedOperation } from './errors.ts';
import { MAX_ATTRIBUTE_NAME_CHARACTERS, MAX_MESSAGE_ATTRIBUTES } from './limits.ts';
import type { MessageAttribute, MessageAttributes } from './model.ts';
import { optionalMap, optionalText } from './parameters.ts';

const NAME = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;
const RESERVED_NAME = /^(aws|amazon)\./i;
const DATA_TYPE = /^(String|Number|Binary)(\.[^\p{C}]+)?$/u;
/** "Number attributes can store positive or negative integers and floating-point values", with 38 digits of precision. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;

/**
 * Reads the attributes of a message to be sent ("Message attribute components" in the SQS Developer Guide).
 *
 * Throws `AwsError` `InvalidParameterValueException` or `UnsupportedOperation`.
 */
export function readMessageAttributes(input: JsonObject): MessageAttributes {
  const given = optionalMap(input, 'MessageAttributes');
  const names = Object.keys(given);
  if (names.length > MAX_MESSAGE_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${names.length}] exceeds the allowed maximum [${MAX_MESSAGE_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(
    names.map((name) => {
      checkName(name);
      return [name, readAttribute(name, optionalMap(given, name))];
    }),
  );
}

/** The X-Ray trace header, which is the only system attribute that a sender may give. */
export function readTraceHeader(input: JsonObject): string | null {
  const given = optionalMap(input, 'MessageSystemAttributes');
  for (const name of Object.keys(given)) {
    if (name !== 'AWSTraceHeader') throw invalidParameter(`Message system attribute name '${name}' is invalid.`);
  }
  if (!Object.hasOwn(given, 'AWSTraceHeader')) return null;
  const attribute = readAttribute('AWSTraceHeader', optionalMap(given, 'AWSTraceHeader'));
  if (attribute.DataType !== 'String' || !('StringValue' in attribute)) {
    throw invalidParameter(`The message system attribute 'AWSTraceHeader' has an invalid type; it must be String.`);
  }
  return checkTraceHeader(attribute.StringValue);
}

/** `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=...;Sampled=1`, in any order. */
function checkTraceHeader(header: string): string {
  const pairs = header.split(';').map((pair) => pair.trim());
  if (pairs.every((pair) => /^[A-Za-z]+=[^=;]+$/.test(pair))) return header;
  throw invalidParameter(`The message system attribute 'AWSTraceHeader' must have a properly formatted value.`);
}

/** What counts towards the size of a message: name, type and value. */
export function attributesBytes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce(
    (sum, [name, attribute]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + valueBytes(attribute),
    0,
  );
}

function valueBytes(attribute: MessageAttribute): number {
  if ('StringValue' in attribute) return Buffer.byteLength(attribute.StringValue);
  return Buffer.byteLength(attribute.BinaryValue, 'base64');
}

function checkName(name: string): void {
  if (name.length > MAX_ATTRIBUTE_NAME_CHARACTERS) {
    throw invalidParameter(
      `The length of message attribute name '${name}' must be less than or equal to ${MAX_ATTRIBUTE_NAME_CHARACTERS}.`,
    );
  }
  if (!NAME.test(name) || RESERVED_NAME.test(name)) {
    throw invalidParameter(`Invalid message attribute name '${name}'.`);
  }
}

function readAttribute(name: string, given: JsonObject): MessageAttribute {
  if (given.StringListValues !== undefined || given.BinaryListValues !== undefined) {
    const lists = [given.StringListValues, given.BinaryListValues].filter((value) => Array.isArray(value));
    if (lists.some(({ length }) => length > 0)) {
      throw unsupportedOperation('Message attribute list values in SendMessage operation are not supported.');
    }
  }
  const dataType = optionalText(given, 'DataType') ?? '';
  const kind = dataType.length > MAX_ATTRIBUTE_NAME_CHARACTERS ? undefined : DATA_TYPE.exec(dataType)?.[1];
  if (kind === undefined) {
    throw invalidParameter(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type ` +
        'prefixes: Binary, Number, and String.',
    );
  }
  const value = optionalText(given, kind === 'Binary' ? 'BinaryValue' : 'StringValue') ?? '';
  if (value === '') {
    throw invalidParameter(`Message (user) attribute '${name}' must contain a non-empty value of type '${kind}'.`);
  }
  if (kind === 'Binary') return { DataType: dataType, BinaryValue: readBase64(name, value) };
  if (kind === 'Number' && !NUMBER.test(value)) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return { DataType: dataType, StringValue: checkCharacters(name, value) };
}

function readBase64(name: string, value: string): string {
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0) return value;
  throw invalidParameter(`Message (user) attribute '${name}' is not valid base64.`);
}

function checkCharacters(name: string, value: string): string {
  if (!FORBIDDEN_CHARACTERS.test(value)) return value;
  throw invalidParameter(`Invalid characters found in the value of message (user) attribute '${name}'.`);
}

/** Not in XML 1.0: control characters, halves of surrogate pairs, U+FFFE and U+FFFF. */

export const FORBIDDEN_CHARACTERS = /[^\u0009\u000A\u000D\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
