import { AwsError } from '../../aws/error.ts';
import type { Account } from '../../aws/account.ts';
import type { Clock } from '../../clock.ts';
import type { JsonObject } from '../../json.ts';
import type { Random } from '../../random.ts';
import { uuid } from '../../uuid.ts';

export interface EventBus {
  readonly name: string;
  readonly arn: string;
}

/** An entry of PutEvents; what is missing or empty is the entry's error. */
export interface PutEventsEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  /** Epoch milliseconds; null: now. */
  readonly time: number | null;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
export interface PutEventsResult {
  readonly Entries: readonly (
    { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string }
  )[];
  readonly FailedEntryCount: number;
}

/** As targets get it. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html */
export interface Event {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

export interface EventBridge {
  /** The buses beside the default one. */
  replace(buses: readonly EventBus[]): void;
  /** Throws `AwsError` for a request that is refused as a whole. */
  putEvents(busArn: string, entries: readonly PutEventsEntry[]): PutEventsResult;
  /** What a bus accepted, oldest first; the last 1,000. */
  events(busName: string): readonly Event[];
}

const MAX_BYTES = 262_144;
const MAX_KEPT = 1_000;

export const defaultBusArn = ({ region, accountId }: Account): string =>
  `arn:aws:events:${region}:${accountId}:event-bus/default`;

/** Buses accept events and keep them in memory; without rules nothing more would happen on AWS either. */
export function createEventBridge(options: {
  readonly account: Account;
  readonly clock: Clock;
  readonly random: Random;
}): EventBridge {
  const { account, clock, random } = options;
  const kept = new Map<string, Event[]>();
  const defaultBus: EventBus = { name: 'default', arn: defaultBusArn(account) };
  let buses: readonly EventBus[] = [defaultBus];

  const accept = (bus: EventBus, entry: PutEventsEntry): PutEventsResult['Entries'][number] => {
    const error = entryError(entry);
    if (error) return error;
    const id = uuid(random);
    const { source, detailType, detail, resources, time } = entry;
    const seconds = new Date(time ?? clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
    const event: Event = {
      version: '0',
      id,
      'detail-type': detailType,
      source,
      account: account.accountId,
      time: seconds,
      region: account.region,
      resources,
      detail,
    };
    kept.set(bus.name, [...(kept.get(bus.name) ?? []), event].slice(-MAX_KEPT));
    return { EventId: id };
  };

  return {
    replace(next) {
      buses = [defaultBus, ...next];
    },
    putEvents(busArn, entries) {
      const bus = buses.find(({ arn }) => arn === busArn);
      if (!bus) throw new AwsError('ResourceNotFoundException', `Event bus ${busArn} does not exist.`);
      if (entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0) >= MAX_BYTES)
        throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
      const Entries = entries.map((entry) => accept(bus, entry));
      return { Entries, FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length };
    },
    events: (busName) => kept.get(busName) ?? [],
  };
}

function entryError({ source, detailType }: PutEventsEntry) {
  const missing = source === '' ? 'Source' : detailType === '' ? 'DetailType' : undefined;
  if (missing !== undefined) {
    const ErrorMessage = `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`;
    return { ErrorCode: 'InvalidArgument', ErrorMessage };
  }
  // Events of that kind are AWS's own.
  if (source.startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSource', ErrorMessage: 'Not authorized for the source.' };
  return undefined;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
function sizeOf({ source, detailType, detail, resources, time }: PutEventsEntry): number {
  const texts = [source, detailType, JSON.stringify(detail), ...resources];
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), time === null ? 0 : 14);
}
