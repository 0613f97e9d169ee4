/** `util`, `runtime` and `extensions` (AppSync guide, "Built-in objects and functions"). */
import { appendEntry, context } from './context.ts';
import { errorEntry, extensionsOfRun, run, snapshot, STOP } from './evaluation.ts';
import { filterExpression } from './expressions.ts';
import { callHost } from './host.ts';
import { http } from './http.ts';
import { toElasticsearchQueryDSL } from './openSearch.ts';
import { toJsonObject } from './rds.ts';
import { toSubscriptionFilter } from './subscriptionFilter.ts';
import { dynamodb, isObject } from './typedValues.ts';

const { floor, max, min, round } = Math;
const { isArray } = Array;
const { stringify } = JSON;
const Refusal = Error;

/** A function of the host, called with as many arguments as are given. */
function host(capability: string): (...values: unknown[]) => unknown {
  return (...values) => callHost(capability, ...values);
}

const time = {
  nowISO8601: host('nowISO8601'),
  nowEpochSeconds: () => floor((callHost('now') as number) / 1000),
  nowEpochMilliSeconds: host('now'),
  nowFormatted: host('nowFormatted'),
  parseFormattedToEpochMilliSeconds: host('parseFormatted'),
  parseISO8601ToEpochMilliSeconds: host('parseISO8601'),
  epochMilliSecondsToSeconds: (milliseconds: number) => floor(milliseconds / 1000),
  epochMilliSecondsToISO8601: host('formatISO8601'),
  epochMilliSecondsToFormatted: host('formatEpoch'),
};

const math = {
  roundNum: (value: number) => round(value),
  minVal: (first: number, second: number) => min(first, second),
  maxVal: (first: number, second: number) => max(first, second),
  randomDouble: host('randomDouble'),
  randomWithinRange: (start: number, end: number) =>
    start + floor((callHost('randomDouble') as number) * (end - start)),
};

const xml = {
  toMap: host('xmlToMap'),
  toJsonString(text: unknown, stringEncode?: unknown) {
    const json = stringify(callHost('xmlToMap', text));
    return stringEncode === true ? stringify(json) : json;
  },
};

const transform = {
  toDynamoDBFilterExpression: (filter: unknown) => stringify(filterExpression(filter)),
  toDynamoDBConditionExpression: (condition: unknown) => stringify(filterExpression(condition)),
  toElasticsearchQueryDSL,
  toSubscriptionFilter,
};

function stop(entry: ReturnType<typeof errorEntry>, unauthorized: boolean): never {
  run().error = { ...entry, unauthorized };
  throw STOP;
}

/** The text that `util.authType()` gives for each kind of identity. */
function authType(): string {
  const { identity } = context;
  if (!isObject(identity)) return 'API Key Authorization';
  if (identity.userArn !== undefined) return 'IAM Authorization';
  if (identity.resolverContext !== undefined) return 'Lambda Authorization';
  return identity.username === undefined ? 'Open ID Connect Authorization' : 'User Pool Authorization';
}

export const util = {
  escapeJavaScript: host('escapeJavaScript'),
  urlEncode: host('urlEncode'),
  urlDecode: host('urlDecode'),
  base64Encode: host('base64Encode'),
  base64Decode: host('base64Decode'),
  autoId: host('autoId'),
  autoUlid: host('autoUlid'),
  autoKsuid: host('autoKsuid'),
  matches: host('regexMatches'),
  authType,
  unauthorized: () => stop(errorEntry('Unauthorized', 'Unauthorized', null, null), true),
  error: (message: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown) =>
    stop(errorEntry(message, errorType, data, errorInfo), false),
  appendError(message: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown) {
    appendEntry(errorEntry(message, errorType, data, errorInfo));
  },
  time,
  dynamodb,
  rds: { toJsonObject },
  http,
  xml,
  transform,
  math,
  str: { normalize: host('normalize') },
};

export const runtime = {
  earlyReturn(value?: unknown, options?: unknown): never {
    const skipTo = isObject(options) && options.skipTo === 'END' ? 'END' : 'NEXT';
    run().earlyReturn = { value, skipTo };
    throw STOP;
  },
};

function subscriptionFilter(filter: unknown): unknown {
  if (!isObject(filter) || !isArray(filter.filterGroup))
    throw new Refusal('A subscription filter needs a filterGroup.');
  return snapshot(filter);
}

export const extensions = {
  evictFromApiCache(typeName: unknown, fieldName: unknown, keys: unknown) {
    extensionsOfRun().evictions.push(snapshot({ typeName, fieldName, keys }));
  },
  setSubscriptionFilter(filter: unknown) {
    extensionsOfRun().subscriptionFilter = subscriptionFilter(filter);
  },
  setSubscriptionInvalidationFilter(filter: unknown) {
    extensionsOfRun().subscriptionInvalidationFilter = subscriptionFilter(filter);
  },
  invalidateSubscriptions(invalidation: unknown) {
    if (!isObject(invalidation) || typeof invalidation.subscriptionField !== 'string') {
      throw new Refusal('An invalidation needs a subscriptionField.');
    }
    const { subscriptionField, payload } = invalidation;
    extensionsOfRun().invalidations.push(snapshot({ subscriptionField, payload }));
  },
};
