import type { JsonValue } from '../../../json.ts';
import type { StoredEvent } from './eventStore.ts';

export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

/** How an event ended. */
export interface Ending {
  readonly condition: Condition;
  /** Attempts in all. */
  readonly attempts: number;
  /** The JSON text of the last answer; null when the function never ran. */
  readonly answer: string | null;
}

/** A message to a queue; attributes as SQS writes them. */
export interface DestinationMessage {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
}

interface Circumstances {
  readonly functionArn: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations". */
export function invocationRecord(event: StoredEvent, ending: Ending, circumstances: Circumstances): DestinationMessage {
  const { condition, attempts, answer } = ending;
  const failed = condition === 'Success' ? {} : { functionError: 'Unhandled' };
  const record = {
    version: '1.0',
    timestamp: new Date(circumstances.now).toISOString(),
    requestContext: {
      requestId: event.id,
      functionArn: `${circumstances.functionArn}:$LATEST`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: JSON.parse(event.payload) as JsonValue,
    ...(answer !== null && {
      responseContext: { statusCode: 200, executedVersion: '$LATEST', ...failed },
      responsePayload: JSON.parse(answer) as JsonValue,
    }),
  };
  return { body: JSON.stringify(record) };
}

/** "The first 1 KB of the error message." */
const MAX_ERROR_MESSAGE_BYTES = 1_024;

/** Lambda Developer Guide, "Adding a dead-letter queue": the event as it was, with the reason in attributes. */
export function deadLetter(event: StoredEvent, { answer, condition }: Ending): DestinationMessage {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    body: event.payload,
    attributes: {
      RequestID: text(event.id),
      ErrorCode: { DataType: 'Number', StringValue: answer === null ? '429' : '200' },
      ErrorMessage: text(beginningOf(errorMessageOf(answer) ?? condition)),
    },
  };
}

function errorMessageOf(answer: string | null): string | undefined {
  if (answer === null) return undefined;
  const { errorMessage } = JSON.parse(answer) as { errorMessage?: unknown };
  return typeof errorMessage === 'string' && errorMessage !== '' ? errorMessage : undefined;
}

function beginningOf(message: string): string {
  const bytes = Buffer.from(message).subarray(0, MAX_ERROR_MESSAGE_BYTES);
  // A character that was cut in two becomes one that stands for it.
  return bytes.toString();
}
