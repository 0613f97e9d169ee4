import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { OperatorError } from '../deployed/operatorError.ts';
import { type BatchNote, isBehind } from './batchNote.ts';

/** A record as Lambda's events have it. */
export type EventRecord = Readonly<Record<string, unknown>> & {
  readonly dynamodb: { readonly SequenceNumber: string };
};

/**
 * The records of a batch, read from the stream again. Those of other keys that lay between are among them, which handlers
 * bear.
 * @throws OperatorError when the stream no longer has them.
 */
export async function recordsOf(note: BatchNote, call: StreamsCall): Promise<readonly EventRecord[]> {
  let { ShardIterator: iterator } = await call('GetShardIterator', {
    StreamArn: note.streamArn,
    ShardId: note.shardId,
    ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    SequenceNumber: note.firstNumber,
  });
  const records: EventRecord[] = [];
  while (typeof iterator === 'string') {
    const page = await call('GetRecords', { ShardIterator: iterator });
    const found = page['Records'] as readonly (EventRecord & { readonly userIdentity?: object })[];
    for (const record of found) {
      if (isBehind(record.dynamodb.SequenceNumber, note.lastNumber)) return records;
      records.push(eventRecord(record, note.streamArn));
    }
    if (found.at(-1)?.dynamodb.SequenceNumber === note.lastNumber) return records;
    iterator = page['NextShardIterator'];
  }
  return records;
}

/** Lambda adds the stream, and spells who deleted an item in small letters. */
function eventRecord(record: EventRecord & { readonly userIdentity?: object }, eventSourceARN: string): EventRecord {
  const { userIdentity, ...rest } = record;
  const { Type: type, PrincipalId: principalId } = (userIdentity ?? {}) as Record<string, unknown>;
  return { ...rest, eventSourceARN, ...(userIdentity && { userIdentity: { type, principalId } }) };
}

export type StreamsCall = (operation: string, input: object) => Promise<Readonly<Record<string, unknown>>>;

/** The API of streams, for whoever the client of Lambda calls as. It has a host of its own, but for a local system. */
export function streamsApi(lambda: LambdaClient, endpoint: string | undefined): StreamsCall {
  return async (operation, input) => {
    const region = await lambda.config.region();
    const url = new URL(endpoint ?? `https://${['streams.dynamodb', region, 'amazonaws.com'].join('.')}`);
    const body = JSON.stringify(input);
    const signer = new SignatureV4({
      service: 'dynamodb',
      region,
      credentials: lambda.config.credentials,
      sha256: Sha256,
    });
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      path: '/',
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDBStreams_20120810.${operation}`,
      },
      body,
    });
    const response = await fetch(url, { method: 'POST', headers, body });
    const answer = (await response.json()) as Readonly<Record<string, unknown>>;
    if (response.ok) return answer;
    throw refusal(String(answer['__type'] ?? response.status), String(answer['message'] ?? answer['Message'] ?? ''));
  };
}

function refusal(type: string, message: string): OperatorError {
  const code = type.split('#').at(-1) ?? type;
  const gone = code === 'TrimmedDataAccessException' || code === 'ResourceNotFoundException';
  return new OperatorError(gone ? `the stream no longer has the records (${code})` : `${code}: ${message}`);
}
