/** The kinds of operations that people notice apart from each other. */
export type OperationKind = 'query' | 'mutation' | 'subscription' | 'publicRead' | 'site' | 'derivedData';

/**
 * Where the good and the bad of a kind are counted. AppSync counts failures by API, not by kind of operation, so kinds may
 * share a signal; its alarms then keep the strictest promise of them.
 */
export type Signal = 'graphql' | 'edge' | 'streams';

/** What is promised for one kind, over a window of `WINDOW_DAYS`. */
export interface Objective {
  readonly title: string;
  readonly measuredBy: Signal;
  /** Percent of operations that do not fail by our fault. */
  readonly availability: number;
  /** Milliseconds in which 95 % of operations are answered, as seen by AWS; null: nothing is promised. */
  readonly latencyP95: number | null;
  /** Seconds after a change in which it shows; null: at once. */
  readonly freshnessSeconds: number | null;
}

/** Calendar months differ, and a moving window does not forget at midnight. https://sre.google/workbook/implementing-slos/ */
export const WINDOW_DAYS = 30;

/**
 * What is agreed with those who depend on this. Each is below what the services' own agreements compose to (AppSync and
 * DynamoDB 99.94 %, CloudFront and S3 99.8 %), since nobody can promise more than what they stand on.
 */
export const objectives: Readonly<Record<OperationKind, Objective>> = {
  query: {
    title: 'a query over GraphQL',
    measuredBy: 'graphql',
    availability: 99.9,
    latencyP95: 300,
    freshnessSeconds: null,
  },
  mutation: {
    title: 'a mutation over GraphQL',
    measuredBy: 'graphql',
    availability: 99.9,
    latencyP95: 500,
    freshnessSeconds: null,
  },
  subscription: {
    title: 'an event to those who subscribed to it',
    measuredBy: 'streams',
    availability: 99.5,
    latencyP95: null,
    freshnessSeconds: 60,
  },
  publicRead: {
    title: 'a persisted public operation through the CDN',
    measuredBy: 'edge',
    availability: 99.5,
    latencyP95: null,
    freshnessSeconds: 60,
  },
  site: {
    title: 'a file of the site or a public photo',
    measuredBy: 'edge',
    availability: 99.5,
    latencyP95: null,
    freshnessSeconds: null,
  },
  derivedData: {
    title: 'counters, feeds, notifications and lists that follow a change',
    measuredBy: 'streams',
    availability: 99.5,
    latencyP95: null,
    freshnessSeconds: 60,
  },
};

/** The kind of a root field. */
export function kindOfField(coordinate: string): OperationKind {
  const [type] = coordinate.split('.');
  if (type === 'Query') return 'query';
  if (type === 'Mutation') return 'mutation';
  if (type === 'Subscription') return 'subscription';
  throw new Error(`${coordinate} is no root field.`);
}

/** The strictest promise among the kinds that share a signal. */
export function strictest(signal: Signal): Objective {
  const sharing = Object.values(objectives).filter(({ measuredBy }) => measuredBy === signal);
  const defined = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  const smallest = (values: readonly (number | null)[]) => {
    const known = defined(values);
    return known.length > 0 ? Math.min(...known) : null;
  };
  return {
    title: sharing.map(({ title }) => title).join('; '),
    measuredBy: signal,
    availability: Math.max(...sharing.map(({ availability }) => availability)),
    latencyP95: smallest(sharing.map(({ latencyP95 }) => latencyP95)),
    freshnessSeconds: smallest(sharing.map(({ freshnessSeconds }) => freshnessSeconds)),
  };
}

/** How fast is too fast: so much of the window's budget gone in so little time. */
export interface BurnRule {
  readonly name: 'fast' | 'slow';
  /** Percent of the budget of the whole window. */
  readonly budgetPercent: number;
  readonly longMinutes: number;
  /** A twelfth of the long one: it tells whether it is still going on, so that the alarm ends soon after. */
  readonly shortMinutes: number;
}

/** https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts */
export const burnRules: readonly BurnRule[] = [
  { name: 'fast', budgetPercent: 2, longMinutes: 60, shortMinutes: 5 },
  { name: 'slow', budgetPercent: 5, longMinutes: 360, shortMinutes: 30 },
];

export interface Burn extends BurnRule {
  /** Times the rate that would use the budget up exactly at the end of the window. */
  readonly rate: number;
  /** Percent of operations that fail at that rate. */
  readonly failurePercent: number;
}

/** The rate at which a rule's part of the budget is gone within its long window. */
export function burnOf({ availability }: Pick<Objective, 'availability'>, rule: BurnRule): Burn {
  const rate = rounded((rule.budgetPercent / 100) * ((WINDOW_DAYS * 24 * 60) / rule.longMinutes));
  return { ...rule, rate, failurePercent: rounded(rate * (100 - availability)) };
}

/** Minutes of complete failure that a window has room for. */
export function budgetMinutes({ availability }: Pick<Objective, 'availability'>): number {
  return rounded((WINDOW_DAYS * 24 * 60 * (100 - availability)) / 100);
}

/** Without the tail that binary fractions leave. */
function rounded(value: number): number {
  return Number(value.toFixed(6));
}
