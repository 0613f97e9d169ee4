/** On-demand list prices in us-east-1 of what the design with servers runs, dollars. */
export interface ServerPrice {
  readonly usd: number;
  readonly unit: string;
  readonly source: string;
}

const price = (usd: number, unit: string, source: string): ServerPrice => ({ usd, unit, source });
const EC2 = 'https://aws.amazon.com/ec2/pricing/on-demand/';
const RDS = 'https://aws.amazon.com/rds/mysql/pricing/';

export const serverPrices = {
  box: price(0.0416, 't3.medium an hour', EC2),
  web: price(0.096, 'm6i.large an hour', EC2),
  database: price(0.86, 'db.r6g.2xlarge of MySQL in one zone, an hour', RDS),
  smallDatabase: price(0.068, 'db.t3.medium of MySQL in one zone, an hour', RDS),
  cache: price(0.206, 'cache.r6g.large an hour', 'https://aws.amazon.com/elasticache/pricing/'),
  balancer: price(0.0225, 'application load balancer an hour', 'https://aws.amazon.com/elasticloadbalancing/pricing/'),
  balancerUnit: price(
    0.008,
    'load balancer capacity unit an hour',
    'https://aws.amazon.com/elasticloadbalancing/pricing/',
  ),
  databaseStorage: price(0.115, 'GB of gp3 of a database, a month', RDS),
  boxStorage: price(0.08, 'GB of gp3, a month', 'https://aws.amazon.com/ebs/pricing/'),
} as const satisfies Record<string, ServerPrice>;

/** What a machine bears. Nobody states it: measure yours, and change it here. */
export interface Sizing {
  readonly value: number;
  readonly unit: string;
  readonly reason: string;
}

const size = (value: number, unit: string, reason: string): Sizing => ({ value, unit, reason });

export const sizing = {
  pagesPerWeb: size(150, 'pages a second of a web server', 'two processors, 13 ms of processor time a page'),
  rowsPerDatabase: size(
    30_000,
    'rows read a second of a large database',
    'eight processors, by primary key, from memory',
  ),
  writesPerDatabase: size(2_000, 'writes a second of a master', 'each in a transaction with two indexes'),
  rowsPerSmallDatabase: size(4_000, 'rows read a second of a small database', 'two processors'),
  itemsPerCache: size(80_000, 'items a second of a cache node', 'one thread of Redis, in pipelines'),
  cacheHits: size(0.8, 'of reads', 'popular posts and authors; a feed is another one for everybody'),
  zones: size(2, 'availability zones', 'from the rung on at which the seed document fails over'),
  bytesPerWrite: size(2_800, 'bytes', 'a row of a kilobyte, two indexes, and half of it empty pages'),
} as const satisfies Record<string, Sizing>;
