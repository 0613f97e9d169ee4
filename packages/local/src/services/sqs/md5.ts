import { createHash } from 'node:crypto';
import type { MessageAttribute, MessageAttributes } from './model.ts';

const STRING_TRANSPORT = 1;
const BINARY_TRANSPORT = 2;

export const md5Hex = (data: string | Uint8Array): string => createHash('md5').update(data).digest('hex');

/**
 * The digest that SDKs may check (SQS Developer Guide, "Calculating the MD5 message digest for message attributes"): sorted by
 * name, each as length and bytes of name, type and value, with one byte for the kind of the value.
 */
export function md5OfAttributes(attributes: MessageAttributes): string {
  const parts = Object.entries(attributes)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([name, attribute]) => [...sized(name), ...sized(attribute.DataType), ...valueOf(attribute)]);
  return md5Hex(Buffer.concat(parts));
}

function valueOf(attribute: MessageAttribute): readonly Buffer[] {
  if ('StringValue' in attribute) return [Buffer.of(STRING_TRANSPORT), ...sized(attribute.StringValue)];
  return [Buffer.of(BINARY_TRANSPORT), ...sized(Buffer.from(attribute.BinaryValue, 'base64'))];
}

function sized(value: string | Buffer): readonly [Buffer, Buffer] {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
}
