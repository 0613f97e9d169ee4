import type { MeasuredOperation } from '../../../../infra/bill/measured.ts';
import { prices } from '../../../../infra/bill/prices.ts';

/** What one run of a persisted operation takes, with pages of 20, and everything that it sets off. */
export interface OperationCost {
  readonly readUnits: number;
  readonly writeUnits: number;
  readonly resolvers: number;
  readonly invocations: number;
  /** Requests of data sources that wait for one another, at most. */
  readonly steps: number;
  readonly responseBytes: number;
  /** In us-east-1, on demand, without what is free: requests, units, function calls, publications. */
  readonly dollarsPerMillion: number;
}

const first = (price: keyof typeof prices): number => prices[price].amounts['us-east-1'].tiers[0]?.usd ?? 0;

/** Functions by the call: their time is the laptop's, not AWS's. */
export function costOfOperation({ page }: MeasuredOperation, steps: number): OperationCost {
  const readUnits = page.units.reduce((sum, { reads }) => sum + reads, 0);
  const writeUnits = page.units.reduce((sum, { writes }) => sum + writes, 0) + page.failedConditions;
  const invocations = total(page.invocations);
  const publications = total(
    Object.fromEntries(Object.entries(page.resolvers).filter(([field]) => field.startsWith('Mutation.publish'))),
  );
  const dollars =
    first('appsyncOperation') * (1 + publications) +
    first('dynamodbRead') * readUnits +
    first('dynamodbWrite') * writeUnits +
    first('lambdaRequest') * invocations;
  return {
    readUnits,
    writeUnits,
    resolvers: total(page.resolvers),
    invocations,
    steps,
    responseBytes: page.responseBytes,
    dollarsPerMillion: Math.round(dollars * 1e4) / 1e4,
  };
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
