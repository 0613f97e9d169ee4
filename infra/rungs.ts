/** The rungs of the scaling ladder, lowest first. */
export const rungNames = ['users', 'users+', 'users++', 'users+++', 'users++++', 'users+++++'] as const;

export type RungName = (typeof rungNames)[number];

/** Sizes of AppSync's cache: https://docs.aws.amazon.com/appsync/latest/APIReference/API_ApiCache.html */
export type CacheSize = 'SMALL' | 'MEDIUM' | 'LARGE' | 'XLARGE' | 'LARGE_2X' | 'LARGE_4X' | 'LARGE_8X' | 'LARGE_12X';

/** Capacity that a table is ready for at once, units a second. */
export interface Throughput {
  readonly read: number;
  readonly write: number;
}

/**
 * What a rung turns on. A switch stays on at every rung above. Point-in-time recovery is not among them: it costs by the
 * gigabyte and nothing while tables are small, so every rung has it.
 */
export interface RungSwitches {
  /** Domain names of our own, with certificates and DNS; below, a domain is used when one is given. */
  readonly customDomain: boolean;
  /** Customer managed KMS keys for tables, buckets, queues and logs; below, the keys that AWS owns. */
  readonly customerManagedKeys: boolean;
  /** AWS Backup: weekly copies in a vault of their own; point-in-time recovery covers the days between. */
  readonly backups: boolean;
  /** A web ACL with a rate rule before the API and the edge. It costs by the month and by the request. */
  readonly webAcl: boolean;
  /** Synthetics canary and health check from outside. */
  readonly canary: boolean;
  /** AppSync's own cache, for the fields of `caching.ts`; billed by the hour. */
  readonly apiCache: CacheSize | null;
  /** Metrics of each resolver and data source. */
  readonly resolverMetrics: boolean;
  /** Provisioned capacity with target tracking at this utilisation in percent; null: on demand. */
  readonly provisionedTargetPercent: number | null;
  /** More capacity in business hours, less at night, before target tracking would notice. */
  readonly scheduledScaling: boolean;
  /** What tables are ready for without a warning; null: what DynamoDB gives a new table. */
  readonly warmThroughput: Throughput | null;
  /** Workers that bring posts to timelines at once, each at 1,500 writes a second: `npm run ladder` says what a rung needs. */
  readonly timelineWriters: number;
  /** Alarms call a person. */
  readonly paging: boolean;
  /** Requests that X-Ray follows, percent; 0: tracing is off. */
  readonly xraySamplingPercent: number;
  /** DynamoDB Contributor Insights: the keys that are read and throttled most. */
  readonly contributorInsights: boolean;
  /** Functions have versions, which streams call through the alias `live`: one can be tried and taken back. */
  readonly functionVersions: boolean;
  /** Athena over the files of the warehouse, which are written at every rung. It costs by what a question reads. */
  readonly warehouseQueries: boolean;
}

export interface Rung {
  readonly name: RungName;
  /** As people write it. */
  readonly title: string;
  /** Monthly users. */
  readonly from: number;
  readonly to: number;
  readonly switches: RungSwitches;
  /** What is on here and was not one rung below, for people. */
  readonly adds: readonly string[];
  /** What this rung would need beside and the Terraform does not have yet. */
  readonly missing: readonly string[];
  /** The measurement that says to climb. */
  readonly leaveWhen: string;
  readonly capacity: string;
  /**
   * US dollars a month in us-east-1 at `to` users, each of whom reads 10,000 items and writes 100 a month. `page`: an
   * operation reads a page of 20. `literal`: each read is an operation. `npm run bill` computes them from the Terraform.
   */
  readonly monthlyPrice: { readonly page: number; readonly literal: number };
}

const users: RungSwitches = {
  customDomain: false,
  customerManagedKeys: false,
  backups: false,
  webAcl: false,
  canary: false,
  apiCache: null,
  resolverMetrics: false,
  provisionedTargetPercent: null,
  scheduledScaling: false,
  warmThroughput: null,
  timelineWriters: 2,
  paging: false,
  xraySamplingPercent: 0,
  contributorInsights: false,
  functionVersions: false,
  warehouseQueries: false,
};
const usersPlus: RungSwitches = { ...users, customDomain: true, customerManagedKeys: true, backups: true };
const usersPlus2: RungSwitches = {
  ...usersPlus,
  webAcl: true,
  canary: true,
};
const usersPlus3: RungSwitches = {
  ...usersPlus2,
  apiCache: 'LARGE',
  resolverMetrics: true,
  // Twice what a new table is ready for: a feed asks `edges` for 21 units. Paid once; it does not go down again.
  warmThroughput: { read: 24_000, write: 8_000 },
  timelineWriters: 4,
};
const usersPlus4: RungSwitches = {
  ...usersPlus3,
  provisionedTargetPercent: 70,
  scheduledScaling: true,
  timelineWriters: 8,
  paging: true,
  xraySamplingPercent: 1,
  contributorInsights: true,
  functionVersions: true,
};
const usersPlus5: RungSwitches = {
  ...usersPlus4,
  apiCache: 'LARGE_2X',
  warehouseQueries: true,
  warmThroughput: { read: 40_000, write: 12_000 },
  timelineWriters: 23,
};

/** The ladder. Prices and triggers are computed from list prices and simulations, not measured on AWS. */
export const rungs: Readonly<Record<RungName, Rung>> = {
  users: {
    name: 'users',
    title: 'Users',
    from: 1,
    to: 1_000,
    switches: users,
    adds: [
      'AppSync',
      'Cognito Lite',
      'on-demand tables',
      'S3',
      'CloudFront for the site, public photos and public reads',
      'alarms',
    ],
    missing: [],
    leaveWhen: 'more than 1,000 monthly users, or the first public launch',
    capacity: '4,000 writes/s and 12,000 reads/s per new table; AppSync 5,000-10,000 tokens/s',
    monthlyPrice: { page: 12, literal: 45 },
  },
  'users+': {
    name: 'users+',
    title: 'Users+',
    from: 1_000,
    to: 10_000,
    switches: usersPlus,
    adds: ['customer managed keys', 'custom domain and certificate', 'backups', 'an account of its own for prod'],
    missing: [],
    leaveWhen: 'p95 above 300 ms, 429s from one address, error budget burning, or asynchronous work older than 60 s',
    capacity: '4,000 writes/s and 12,000 reads/s per new table; AppSync 5,000-10,000 tokens/s',
    monthlyPrice: { page: 103, literal: 487 },
  },
  'users++': {
    name: 'users++',
    title: 'Users++',
    from: 10_000,
    to: 100_000,
    switches: usersPlus2,
    adds: ['WAF with rate rules at the CDN and the API', 'canary and health check'],
    missing: [],
    leaveWhen:
      'a key above 1,500 eventually consistent reads/s, ThrottledRequests above 0, or tokens above 50 % of quota',
    capacity: 'as below, and the edge absorbs public reads',
    monthlyPrice: { page: 1_644, literal: 6_256 },
  },
  'users+++': {
    name: 'users+++',
    title: 'Users+++',
    from: 100_000,
    to: 1_000_000,
    switches: usersPlus3,
    adds: ['AppSync cache per resolver', 'warm throughput', 'metrics of resolvers and data sources'],
    missing: [],
    leaveWhen:
      'for 14 days, provisioned capacity at 70 % would cost less than on demand, or weekday peak is over 3 x trough',
    capacity: 'at a hit ratio of 60 % one item is no longer a limit',
    monthlyPrice: { page: 16_563, literal: 62_620 },
  },
  'users++++': {
    name: 'users++++',
    title: 'Users++++',
    from: 1_000_000,
    to: 3_000_000,
    switches: usersPlus4,
    adds: [
      'provisioned capacity with target tracking at 70 %',
      'scheduled scaling for business hours',
      'more writers of timelines',
      'paging',
      'X-Ray at 1 %',
      'contributor insights',
      'versions of functions behind an alias',
    ],
    missing: [],
    leaveWhen: 'a table above 5 TB, a partition above 500 WCU for long, or tokens above 50 % of quota',
    capacity: 'AppSync quota raised to 20,000 tokens/s',
    monthlyPrice: { page: 42_910, literal: 178_962 },
  },
  'users+++++': {
    name: 'users+++++',
    title: 'Users+++++',
    from: 3_000_000,
    to: 10_000_000,
    switches: usersPlus5,
    adds: ['a larger cache', 'higher limits of capacity', 'Athena over the warehouse of old posts'],
    missing: ['write sharding of hot keys', 'a second Region'],
    leaveWhen: 'the API is split by domain (merged APIs), or a second Region is added',
    capacity: '40,000 reads/s on average and 120,000 at peak; 400 writes/s and 9,400 writes of timelines a second',
    monthlyPrice: { page: 138_390, literal: 589_858 },
  },
};

export function isRung(value: string): value is RungName {
  return Object.hasOwn(rungs, value);
}

/** Whether a rung is the named one or a higher one. */
export function isAtLeast(rung: RungName, lowest: RungName): boolean {
  return rungNames.indexOf(rung) >= rungNames.indexOf(lowest);
}
