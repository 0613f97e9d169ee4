import type { Cost } from './trace.ts';

/**
 * Dollars for a million, on demand, in us-east-1. Functions by the call alone: their time is the laptop's, not AWS's.
 * https://aws.amazon.com/appsync/pricing/, https://aws.amazon.com/dynamodb/pricing/on-demand/, https://aws.amazon.com/lambda/pricing/
 */
const USD_PER_MILLION = { request: 4, readUnit: 0.125, writeUnit: 0.625, functionCall: 0.2 } as const;

export type Used = Omit<Cost, 'usdPerMillion'>;

export const NOTHING_USED: Used = { readUnits: 0, writeUnits: 0, functionCalls: 0, httpCalls: 0 };

export function sum(used: readonly Used[]): Used {
  return used.reduce(
    (total, one) => ({
      readUnits: total.readUnits + one.readUnits,
      writeUnits: total.writeUnits + one.writeUnits,
      functionCalls: total.functionCalls + one.functionCalls,
      httpCalls: total.httpCalls + one.httpCalls,
    }),
    NOTHING_USED,
  );
}

/** `requests`: how many requests of the API are paid for beside what they used. */
export function costOf(used: Used, requests = 0): Cost {
  const usd =
    requests * USD_PER_MILLION.request +
    used.readUnits * USD_PER_MILLION.readUnit +
    used.writeUnits * USD_PER_MILLION.writeUnit +
    used.functionCalls * USD_PER_MILLION.functionCall;
  // Sums of tenths and eighths: no price has more than four decimals.
  return { ...used, usdPerMillion: Math.round(usd * 1e4) / 1e4 };
}
