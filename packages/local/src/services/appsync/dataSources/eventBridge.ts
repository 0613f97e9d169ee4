import { AwsError } from '../../../aws/error.ts';
import type { Authorizer, Principal } from '../../../aws/service.ts';
import type { JsonObject } from '../../../json.ts';
import { MappingTemplateError, type DataSource, type DataSourceAnswer } from './dataSource.ts';
import { arrayAt, objectAt, optional, requestObject, stringAt } from './requestObject.ts';

/** One event as a resolver gives it. */
export interface BusEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources: readonly string[];
  /** Epoch milliseconds; null: now. */
  readonly time: number | null;
}

/** EventBridge's PutEvents: its answer, or an `AwsError`. */
export type PutEvents = (busArn: string, entries: readonly BusEntry[]) => unknown;

export interface EventBridgeDataSourceOptions {
  readonly name: string;
  readonly address: string;
  readonly eventBusArn: string;
  readonly principal: Principal;
  readonly authorizer: Authorizer;
  readonly putEvents: PutEvents;
}

const MAX_EVENTS = 10;

/** https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-eventbridge-js.html */
export function createEventBridgeDataSource(options: EventBridgeDataSourceOptions): DataSource {
  const { name, address, eventBusArn, principal, authorizer, putEvents } = options;
  return {
    name,
    address,
    type: 'AMAZON_EVENTBRIDGE',
    async invoke({ request }): Promise<DataSourceAnswer> {
      const entries = readEntries(request);
      try {
        for (const { source, detailType } of entries) {
          const context = { 'events:source': source, 'events:detail-type': detailType };
          await authorizer.authorize(principal, { action: 'events:PutEvents', resource: eventBusArn, context });
        }
        // Events that a bus does not take are told of in the result, and are no error.
        return { result: putEvents(eventBusArn, entries) };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { result: null, error: { type: `EventBridge:${error.code}`, message: `${error.message} [${address}]` } };
      }
    },
  };
}

function readEntries(value: unknown): BusEntry[] {
  const request = requestObject(value, ['events']);
  const operation = stringAt(request.operation, '$[operation]');
  if (operation !== 'PutEvents') throw new MappingTemplateError(`Unsupported operation '${operation}'.`);
  const events = arrayAt(request.events, '$[events]');
  if (events.length < 1 || events.length > MAX_EVENTS)
    throw new MappingTemplateError(`Value for field '$[events]' must have 1 to ${MAX_EVENTS} events.`);
  return events.map((event, index) => readEntry(event, `$[events][${index}]`));
}

function readEntry(value: unknown, path: string): BusEntry {
  const event = requestObject(value, ['source', 'detail', 'detailType', 'resources', 'time'], path);
  return {
    source: stringAt(event.source, `${path}[source]`),
    detailType: stringAt(event.detailType, `${path}[detailType]`),
    detail: objectAt(event.detail, `${path}[detail]`) as JsonObject,
    resources: optional(event.resources, `${path}[resources]`, readResources) ?? [],
    time: optional(event.time, `${path}[time]`, readTime) ?? null,
  };
}

const readResources = (value: unknown, path: string): string[] =>
  arrayAt(value, path).map((resource, index) => stringAt(resource, `${path}[${index}]`));

/** RFC 3339. */
function readTime(value: unknown, path: string): number {
  const text = stringAt(value, path);
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new MappingTemplateError(`Value for field '${path}' must be a time as of RFC 3339.`);
  return time;
}
