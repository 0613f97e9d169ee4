import type { Clock } from '../../../clock.ts';
import type { RequestHeaders } from '../execution/request.ts';
import type { GraphQLParameters } from '../http/parameters.ts';
import { keyText } from './cachingKeys.ts';
import { createCacheStore } from './store.ts';

/** Larger answers are not kept. https://docs.aws.amazon.com/appsync/latest/devguide/enabling-caching.html */
const MAX_RESPONSE_BYTES = 15 * 1024 * 1024;

/**
 * Headers that say how a request travels and not what it asks. AWS leaves out a list of 23; a header that is counted
 * without need costs a hit, one that is left out could give somebody another's answer: so only these.
 */
const TRANSPORT_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'date',
  'host',
  'origin',
  'pragma',
  'priority',
  'referer',
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'user-agent',
  'via',
  'x-amz-user-agent',
  'x-amzn-trace-id',
  'x-forwarded-for',
]);

export interface Asked {
  readonly parameters: GraphQLParameters;
  readonly identity: unknown;
  readonly headers: RequestHeaders;
}

/** Whole answers to queries that had no errors. */
export interface OperationCache {
  /** Where the answer to the question is kept. */
  entry(asked: Asked): { get(): string | undefined; set(body: string): void };
}

export function createOperationCache(ttlSeconds: number, clock: Clock): OperationCache {
  const store = createCacheStore<string>(clock);
  return {
    entry({ parameters, identity, headers }) {
      const { query, operationName = null, variables = {} } = parameters;
      const counted = Object.entries(headers).filter(([name]) => !TRANSPORT_HEADERS.has(name));
      const key = keyText([query, operationName, variables, withoutSourceIp(identity), Object.fromEntries(counted)]);
      return {
        get: () => store.get(key)?.value,
        set: (body) => {
          if (Buffer.byteLength(body) <= MAX_RESPONSE_BYTES) store.set(key, body, ttlSeconds);
        },
      };
    },
  };
}

function withoutSourceIp(identity: unknown): unknown {
  if (typeof identity !== 'object' || identity === null) return identity;
  return Object.fromEntries(Object.entries(identity).filter(([name]) => name !== 'sourceIp'));
}
