import { load, MONTH_HOURS, MONTH_SECONDS } from '../../../../infra/bill/arithmetic.ts';
import { assumptions } from '../../../../infra/bill/assumptions.ts';
import { type RungName, rungNames } from '../../../../infra/rungs.ts';
import { serverPrices, sizing } from './prices.ts';

/** The same load on servers and MySQL, as the document on scaling grows it: what runs, and dollars a month. */
export interface Servers {
  readonly parts: readonly Part[];
  readonly usd: number;
  /** Of it, what is paid while nobody comes. */
  readonly idle: number;
}

export interface Part {
  readonly what: string;
  readonly count: number;
  readonly usd: number;
}

/** Times the average: servers are there for the peak. */
const PEAK = 3;

/** @param users a month, for whom it is sized. */
export function serversAt(rung: RungName, users: number): Servers {
  const step = rungNames.indexOf(rung);
  const perSecond = (perUser: number): number => (users * perUser * PEAK) / MONTH_SECONDS;
  const [items, writes] = [perSecond(load.readsPerUser), perSecond(load.writesPerUser)];
  const pages = items / assumptions.itemsPerPage.value + writes;
  const gigabytes = (users * load.writesPerUser * assumptions.monthsKept.value * sizing.bytesPerWrite.value) / 1e9;
  const parts = STEPS[step]?.({ items, writes, pages, gigabytes }) ?? [];
  const usd = parts.reduce((sum, part) => sum + part.usd, 0);
  return { parts, usd, idle: usd };
}

interface Asked {
  /** Items read, writes, and pages asked for in a second of the peak. */
  readonly items: number;
  readonly writes: number;
  readonly pages: number;
  readonly gigabytes: number;
}

type Step = (asked: Asked) => readonly Part[];

/** In the order of the rungs, what the document adds at each. */
const STEPS: readonly Step[] = [
  ({ gigabytes }) => [part('one box with the web server and MySQL', 'box', 1), storage('boxStorage', gigabytes, 1)],
  ({ gigabytes }) => [
    part('web server', 'web', 1),
    part('MySQL on a machine of its own', 'smallDatabase', 1),
    storage('databaseStorage', gigabytes, 1),
  ],
  (asked) => [
    ...balanced(asked),
    ...mysql({ ...asked, read: asked.items, kind: 'smallDatabase', rows: sizing.rowsPerSmallDatabase.value }),
  ],
  cached,
  cached,
  cached,
];

function cached(asked: Asked): readonly Part[] {
  const nodes = Math.max(sizing.zones.value, Math.ceil(asked.items / sizing.itemsPerCache.value));
  const read = asked.items * (1 - sizing.cacheHits.value);
  return [
    ...balanced(asked),
    part('cache node', 'cache', nodes),
    ...mysql({ ...asked, read, kind: 'database', rows: sizing.rowsPerDatabase.value }),
  ];
}

function balanced({ pages }: Asked): readonly Part[] {
  const web = Math.max(sizing.zones.value, Math.ceil(pages / sizing.pagesPerWeb.value));
  // A unit is 25 new connections a second, among others.
  return [
    part('load balancer', 'balancer', 1),
    part('its capacity units', 'balancerUnit', Math.ceil(pages / 25)),
    part('web server', 'web', web),
  ];
}

/** Masters, each with one that takes over, and replicas that are read; shards when one master does not take all writes. */
function mysql(options: {
  readonly read: number;
  readonly writes: number;
  readonly gigabytes: number;
  readonly kind: 'database' | 'smallDatabase';
  readonly rows: number;
}): readonly Part[] {
  const masters = Math.max(1, Math.ceil(options.writes / sizing.writesPerDatabase.value));
  const replicas = Math.max(0, Math.ceil(options.read / options.rows) - masters);
  const databases = masters * sizing.zones.value + replicas;
  return [
    part('MySQL master', options.kind, masters),
    part('one that takes over', options.kind, masters * (sizing.zones.value - 1)),
    part('read replica', options.kind, replicas),
    storage('databaseStorage', options.gigabytes / masters, databases),
  ].filter(({ count }) => count > 0);
}

const part = (what: string, price: keyof typeof serverPrices, count: number): Part => ({
  what,
  count,
  usd: count * serverPrices[price].usd * MONTH_HOURS,
});

const storage = (price: 'boxStorage' | 'databaseStorage', gigabytes: number, copies: number): Part => ({
  what: 'GB of disks',
  count: Math.ceil(gigabytes * copies),
  usd: gigabytes * copies * serverPrices[price].usd,
});
