import type { SQSRecord } from 'aws-lambda';

/** One message of a queue, as its handler works on it. */
export interface Message<Body> {
  /** The same each time the message is delivered. */
  readonly id: string;
  readonly body: Body;
  /** Deliveries so far, this one included. */
  readonly receives: number;
  /** What began it all, where the sender knew: the trace id of a GraphQL request. */
  readonly trace: string | undefined;
}

/** A message that no second delivery makes better: it goes to the dead-letter queue at once. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** The message attribute that carries the trace from queue to queue. */
export const TRACE_ATTRIBUTE = 'trace';

/** @throws MalformedMessage when the body is no JSON, or `read` makes nothing of it. */
export function readMessage<Body>(record: SQSRecord, read: (body: unknown) => Body): Message<Body> {
  return {
    id: record.messageId,
    body: read(parse(record.body)),
    receives: Number(record.attributes.ApproximateReceiveCount),
    trace: record.messageAttributes[TRACE_ATTRIBUTE]?.stringValue,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedMessage('the body is no JSON');
  }
}

/** The members of a message's body, read with errors that say what is wrong. */
export function membersOf(body: unknown) {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new MalformedMessage('the body is no object');
  }
  const members = body as Readonly<Record<string, unknown>>;
  return {
    text(name: string): string {
      const value = members[name];
      if (typeof value === 'string' && value !== '') return value;
      throw new MalformedMessage(`${name} is no text`);
    },
    optionalText(name: string): string | undefined {
      return members[name] === undefined || members[name] === null ? undefined : this.text(name);
    },
    objects(name: string): readonly object[] {
      const value = members[name];
      if (Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null)) return value;
      throw new MalformedMessage(`${name} is no list of objects`);
    },
    wholeNumber(name: string): number {
      const value = members[name];
      if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
      throw new MalformedMessage(`${name} is no whole number`);
    },
    wholeNumbers(name: string): readonly number[] {
      const value = members[name];
      if (Array.isArray(value) && value.every((each) => Number.isSafeInteger(each))) return value as number[];
      throw new MalformedMessage(`${name} is no list of whole numbers`);
    },
    /** At least one. */
    texts(name: string): readonly string[] {
      const value = members[name];
      if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string' && one !== '')) {
        return value as string[];
      }
      throw new MalformedMessage(`${name} is no list of texts`);
    },
    oneOf<Value extends string>(name: string, values: readonly Value[]): Value {
      const value = members[name];
      const found = values.find((each) => each === value);
      if (found !== undefined) return found;
      throw new MalformedMessage(`${name} is none of ${values.join(', ')}`);
    },
  };
}
