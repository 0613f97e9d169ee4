/**
 * Every price the bill uses. US dollars without tax, discounts, credits and free tiers that end.
 * Put together on 2026-11-22; each amount says where it is from and how old that is.
 */
export const regions = ['us-east-1', 'ap-northeast-1'] as const;

export type Region = (typeof regions)[number];

/** `page`: read on AWS's own page. `data`: AWS's price list as other projects publish it. `parameter`: nobody checked it. */
export type Grade = 'page' | 'data' | 'parameter';

export const sources = {
  appsync: { grade: 'page', text: 'https://aws.amazon.com/appsync/pricing/, the day it was read was not noted' },
  infracost2024: {
    grade: 'data',
    text: "Infracost's golden files, built from the AWS Price List API: DynamoDB 2024-11, others 2024-07",
  },
  priceList2026: { grade: 'data', text: 'amounts of the AWS Price List API for Tokyo of 2026-09-23, in public code' },
  published: { grade: 'data', text: 'tables in public code, without a date' },
  remembered: { grade: 'parameter', text: 'not verified: check it on the pricing page of the service' },
  sameAsVirginia: { grade: 'parameter', text: 'not verified: taken to be that of us-east-1' },
} as const satisfies Record<string, { readonly grade: Grade; readonly text: string }>;

export type SourceName = keyof typeof sources;

/** A price that falls with the month's amount: each tier's price is for what lies within it. */
export interface Tier {
  readonly upTo: number;
  readonly usd: number;
}

export interface Amount {
  readonly tiers: readonly Tier[];
  readonly source: SourceName;
  /** The source of the tiers after the first; absent: the same. */
  readonly laterTiers?: SourceName;
}

export interface Price {
  /** What one is: amounts are counted in these. */
  readonly unit: string;
  readonly amounts: Readonly<Record<Region, Amount>>;
  /** What an account has free every month for ever, in these units; from memory, as `remembered`. */
  readonly free?: number;
}

const is = (usd: number, source: SourceName): Amount => ({ tiers: [{ upTo: Infinity, usd }], source });

const price = (unit: string, virginia: Amount, tokyo?: Amount): Price => ({
  unit,
  amounts: { 'us-east-1': virginia, 'ap-northeast-1': tokyo ?? { ...virginia, source: 'sameAsVirginia' } },
});

/** One price everywhere: the service has one list, or the price is of a place outside Regions. */
const everywhere = (unit: string, amount: Amount): Price => price(unit, amount, amount);

const withFree = (free: number, priced: Price): Price => ({ ...priced, free });

const TB = 1_000;
const cognito = (...tiers: readonly Tier[]): Amount => ({ tiers, source: 'published' });
const always = (usd: number): Tier => ({ upTo: Infinity, usd });

export const prices = {
  appsyncOperation: price('1M queries and mutations', is(4, 'appsync')),
  appsyncUpdate: price('1M real-time updates of up to 5 KB', is(2, 'appsync')),
  appsyncConnection: price('1M connection minutes', is(0.08, 'appsync')),
  appsyncCacheSmall: price('hour', is(0.044, 'remembered')),
  appsyncCacheMedium: price('hour', is(0.088, 'remembered')),
  appsyncCacheLarge: price('hour', is(0.228, 'remembered')),
  appsyncCacheXlarge: price('hour', is(0.455, 'remembered')),
  appsyncCacheLarge2x: price('hour', is(0.91, 'remembered')),
  appsyncCacheLarge4x: price('hour', is(1.82, 'remembered')),
  appsyncCacheLarge8x: price('hour', is(3.64, 'remembered')),
  appsyncCacheLarge12x: price('hour', is(6.775, 'remembered')),

  dynamodbRead: price('1M read request units', is(0.125, 'infracost2024'), is(0.1425, 'priceList2026')),
  dynamodbWrite: price('1M write request units', is(0.625, 'infracost2024'), is(0.715, 'priceList2026')),
  dynamodbReadHour: price('read capacity unit and hour', is(0.00013, 'infracost2024'), is(0.0001484, 'remembered')),
  dynamodbWriteHour: price('write capacity unit and hour', is(0.00065, 'infracost2024'), is(0.000742, 'remembered')),
  dynamodbStorage: withFree(25, price('GB and month', is(0.25, 'infracost2024'), is(0.285, 'published'))),
  dynamodbRecovery: price('GB and month', is(0.2, 'infracost2024'), is(0.228, 'remembered')),
  dynamodbBackup: price('GB and month', is(0.1, 'infracost2024'), is(0.114, 'remembered')),
  dynamodbInsights: price('1M events', is(0.03, 'remembered')),
  dynamodbInsightsRule: price('rule and month', is(0.5, 'remembered')),

  lambdaRequest: withFree(1, price('1M invocations', is(0.2, 'infracost2024'), is(0.2, 'priceList2026'))),
  lambdaArm: withFree(
    400_000,
    price('GB-second on arm64', is(0.0000133334, 'infracost2024'), is(0.0000133334, 'published')),
  ),
  lambdaX86: price('GB-second on x86_64', is(0.0000166667, 'infracost2024'), is(0.0000166667, 'priceList2026')),

  s3Get: price('1,000 GET requests', is(0.0004, 'infracost2024'), is(0.00037, 'priceList2026')),

  /** CloudFront prices go by where viewers are: here all of them are in North America, or all in Japan. */
  cdnRequest: withFree(1_000, price('10,000 HTTPS requests', is(0.01, 'infracost2024'), is(0.012, 'infracost2024'))),
  cdnOut: withFree(
    1_000,
    price(
      'GB to viewers',
      {
        tiers: tiers([10, 0.085], [50, 0.08], [150, 0.06], [500, 0.04], [1_024, 0.03], [5_120, 0.025], [null, 0.02]),
        source: 'infracost2024',
        laterTiers: 'remembered',
      },
      {
        tiers: tiers([10, 0.114], [50, 0.089], [150, 0.086], [500, 0.084], [1_024, 0.08], [5_120, 0.07], [null, 0.06]),
        source: 'infracost2024',
        laterTiers: 'remembered',
      },
    ),
  ),
  dataOut: withFree(
    100,
    price(
      'GB to the internet',
      {
        tiers: tiers([10, 0.09], [50, 0.085], [150, 0.07], [null, 0.05]),
        source: 'infracost2024',
        laterTiers: 'remembered',
      },
      {
        tiers: tiers([10, 0.114], [50, 0.089], [150, 0.086], [null, 0.084]),
        source: 'priceList2026',
        laterTiers: 'remembered',
      },
    ),
  ),

  /** The first 10,000 users of every month are free for ever in these two. */
  cognitoLite: everywhere(
    'monthly user',
    cognito(
      { upTo: 10_000, usd: 0 },
      { upTo: 100_000, usd: 0.0055 },
      { upTo: 1_000_000, usd: 0.0046 },
      { upTo: 10_000_000, usd: 0.00325 },
      always(0.0025),
    ),
  ),
  cognitoEssentials: everywhere('monthly user', cognito({ upTo: 10_000, usd: 0 }, always(0.015))),
  cognitoPlus: everywhere('monthly user', cognito(always(0.02))),

  wafAcl: price('web ACL and month', is(5, 'infracost2024'), is(5, 'priceList2026')),
  wafRule: price('rule and month', is(1, 'infracost2024'), is(1, 'priceList2026')),
  wafRequest: price('1M requests', is(0.6, 'infracost2024'), is(0.6, 'priceList2026')),

  alarm: withFree(10, price('alarm metric and month', is(0.1, 'infracost2024'), is(0.1, 'priceList2026'))),
  compositeAlarm: price('alarm and month', is(0.5, 'remembered')),
  metric: price('custom metric and month', is(0.3, 'infracost2024'), is(0.3, 'priceList2026')),
  dashboard: withFree(3, price('dashboard and month', is(3, 'remembered'))),
  logIngest: withFree(5, price('GB', is(0.5, 'infracost2024'), is(0.76, 'priceList2026'))),
  logStorage: price('GB and month', is(0.03, 'infracost2024'), is(0.033, 'remembered')),
  canaryRun: price('run', is(0.0012, 'remembered'), is(0.0019, 'remembered')),
  trace: withFree(0.1, price('1M traces', is(5, 'remembered'))),

  kmsKey: price('key and month', is(1, 'infracost2024'), is(1, 'priceList2026')),
  zone: everywhere('zone and month', is(0.5, 'infracost2024')),
  healthCheck: everywhere('HTTPS health check and month', is(2, 'remembered')),
  secret: price('secret and month', is(0.4, 'remembered')),
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;

function tiers(...steps: readonly (readonly [terabytes: number | null, usd: number])[]): Tier[] {
  return steps.map(([terabytes, usd]) => ({ upTo: terabytes === null ? Infinity : terabytes * TB, usd }));
}

/** Dollars for an amount, in the price's units. What is free for ever is taken off. */
export function costOf(name: PriceName, region: Region, used: number): number {
  const amount = Math.max(0, used - ((prices[name] as Price).free ?? 0));
  let cost = 0;
  let from = 0;
  for (const { upTo, usd } of prices[name].amounts[region].tiers) {
    cost += Math.max(0, Math.min(amount, upTo) - from) * usd;
    from = upTo;
  }
  return cost;
}

/** Whether any of the amount's price is unverified. */
export function isParameter(name: PriceName, region: Region): boolean {
  const { source, laterTiers }: Amount = prices[name].amounts[region];
  return [source, laterTiers ?? source].some((each) => sources[each].grade === 'parameter');
}
