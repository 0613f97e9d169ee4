import { blocksOf, type TerraformGraph, textOf } from '../diagram/terraformGraph.ts';
import { load, MONTH_HOURS, MONTH_SECONDS } from './arithmetic.ts';
import { assumptions as assumed } from './assumptions.ts';
import { cachedFields, requestUsages, storageUsages, type Units, unitsOf } from './dynamodb.ts';
import type { Usage } from './line.ts';
import type { PriceName } from './prices.ts';
import type { Flow } from './traffic.ts';

const MILLION = 1e6;
const GB = 1e9;

/** What the flows use of the Terraform's resources in a month. */
export function loadUsages(graph: TerraformGraph, flows: readonly Flow[], users: number): readonly Usage[] {
  const viaCdn = hasPublicReads(graph);
  const miss = 1 - assumed.cdnHitRatio.value;
  /** Of a flow, the share that reaches AppSync. */
  const reaching = (flow: Flow): number => (viaCdn && flow.public ? miss : 1);
  const atCdn = viaCdn ? flows.filter((flow) => flow.public) : [];
  const publications = sum(flows, (flow) => flow.perMonth * publicationsIn(flow));
  const operations = sum(flows, (flow) => flow.perMonth * reaching(flow)) + publications;
  const pushed = entriesPushed(flows);
  const units = withTimelines(unitsOf(flows, cachedFields(graph), reaching), pushed);
  const writes = users * load.writesPerUser;
  const content = writes * assumed.monthsKept.value * assumed.storedBytesPerWrite.value;
  const stored = (content + pushed * assumed.timelineEntryBytes.value) / GB;
  const used = [
    ...appsync({ operations, publications, users }),
    ...requestUsages(graph, units),
    ...storageUsages(graph, stored),
    ...signIn(graph, users),
    ...functions(graph, { flows, units, misses: sum(atCdn, ({ perMonth }) => perMonth * miss) }),
    ...delivery(graph, { flows, atCdn, users }),
    ...inspection(graph, { operations, atCdn: sum(atCdn, ({ perMonth }) => perMonth), users }),
    ...observation(graph, { operations, units }),
  ];
  return [...used, ...keptLogs(graph, used)];
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

/** Entries of timelines that come of the posts of a month. Measured is a post of somebody whom next to nobody follows. */
function entriesPushed(flows: readonly Flow[]): number {
  const posts = flows.filter(({ name }) => name === 'CreatePost');
  return sum(posts, ({ perMonth }) => perMonth) * assumed.pushedFollowers.value;
}

function withTimelines(units: ReadonlyMap<string, Units>, pushed: number): ReadonlyMap<string, Units> {
  const { reads = 0, writes = 0 } = units.get('timelines') ?? {};
  return new Map([...units, ['timelines', { reads, writes: writes + pushed }]]);
}

/** Whether the distribution answers persisted operations. */
export function hasPublicReads(graph: TerraformGraph): boolean {
  return graph
    .ofType('aws_cloudfront_distribution')
    .some(({ args }) => blocksOf(args['ordered_cache_behavior']).some(({ path_pattern: path }) => path === '/q/*'));
}

/** Mutations by which functions publish to subscribers: each is an operation of its own. */
export function publicationsIn({ sample }: Pick<Flow, 'sample'>): number {
  const published = Object.entries(sample.resolvers).filter(([field]) => field.startsWith('Mutation.publish'));
  return sum(published, ([, runs]) => runs);
}

function appsync({
  operations,
  publications,
  users,
}: {
  operations: number;
  publications: number;
  users: number;
}): Usage[] {
  const updates = publications * assumed.subscribersPerEvent.value;
  const minutes = users * assumed.connectionMinutes.value;
  return [
    {
      service: 'AppSync',
      price: 'appsyncOperation',
      amount: operations / MILLION,
      what: 'queries, mutations and publications',
    },
    { service: 'AppSync', price: 'appsyncUpdate', amount: updates / MILLION, what: 'events to subscribers' },
    { service: 'AppSync', price: 'appsyncConnection', amount: minutes / MILLION, what: 'open connections' },
  ];
}

const POOL_PRICES: Readonly<Record<string, PriceName>> = {
  LITE: 'cognitoLite',
  ESSENTIALS: 'cognitoEssentials',
  PLUS: 'cognitoPlus',
};

function signIn(graph: TerraformGraph, users: number): Usage[] {
  return graph.ofType('aws_cognito_user_pool').map(({ args }) => {
    // AWS's default for new pools.
    const tier = textOf(args['user_pool_tier']) || 'ESSENTIALS';
    const price = POOL_PRICES[tier];
    if (!price) throw new Error(`the tier ${tier} of the user pool has no price in infra/bill/prices.ts`);
    return { service: 'Cognito', price, amount: users, what: `monthly users, tier ${tier}` };
  });
}

interface Called {
  readonly flows: readonly Flow[];
  readonly units: ReadonlyMap<string, Units>;
  /** Requests that the CDN passes on. */
  readonly misses: number;
}

/** Invocations of each function: one per record while little is written, one per window and shard when batches fill. */
export function invocationsOf(graph: TerraformGraph, { flows, units, misses }: Called): ReadonlyMap<string, number> {
  const names = graph.ofType('aws_lambda_function').map(({ id }) => id);
  return new Map(
    names.map((name) => {
      if (name === 'persistedQuery') return [name, misses];
      const single = sum(flows, (flow) => flow.perMonth * (flow.sample.invocations[name] ?? 0));
      return [name, Math.min(single, windowsOf(graph, name, units)) + scheduledRuns(graph, name)];
    }),
  );
}

/** The most invocations that the windows of its event sources leave room for. */
function windowsOf(graph: TerraformGraph, name: string, units: ReadonlyMap<string, Units>): number {
  const mappings = graph.ofType('aws_lambda_event_source_mapping').filter(({ id }) => id.startsWith(`${name}_`));
  return sum(mappings, ({ id, args }) => {
    const writes = units.get(id.slice(name.length + 1))?.writes ?? 0;
    const shards = Math.max(1, Math.ceil(((writes / MONTH_SECONDS) * assumed.streamShards.value) / 1_000));
    const seconds = Number(args['maximum_batching_window_in_seconds'] ?? 0);
    // Without a window, a shard is read again when the invocation before has ended.
    return (shards * MONTH_SECONDS) / Math.max(seconds, assumed.functionMilliseconds.value / 1_000);
  });
}

function scheduledRuns(graph: TerraformGraph, name: string): number {
  return sum(graph.ofType('aws_scheduler_schedule'), ({ args, stack }) => {
    const targets = graph.referencesIn(blocksOf(args['target'])[0]?.['arn'], stack);
    if (!targets.some(({ type, id }) => type === 'aws_lambda_function' && id === name)) return 0;
    const [, minutes] = /^rate\((\d+) minutes?\)$/.exec(textOf(args['schedule_expression'])) ?? [];
    return minutes === undefined ? 31 : (MONTH_HOURS * 60) / Number(minutes);
  });
}

function functions(graph: TerraformGraph, called: Called): Usage[] {
  const byName = invocationsOf(graph, called);
  const total = sum([...byName.values()], (count) => count);
  return [
    ...graph.ofType('aws_lambda_function').flatMap(({ id, args }): Usage[] => {
      const count = byName.get(id) ?? 0;
      const gigabytes = Number(args['memory_size'] ?? 128) / 1_024;
      const price = [args['architectures']].flat().includes('arm64') ? 'lambdaArm' : 'lambdaX86';
      const seconds = (count * assumed.functionMilliseconds.value) / 1_000;
      return [
        { service: 'Lambda', price: 'lambdaRequest', amount: count / MILLION, what: `invocations of ${id}` },
        { service: 'Lambda', price, amount: seconds * gigabytes, what: `run time of ${id}` },
      ];
    }),
    {
      service: 'CloudWatch',
      price: 'logIngest',
      amount: (total * assumed.logBytesPerInvocation.value) / GB,
      what: "functions' logs",
    },
  ];
}

interface Delivered {
  readonly flows: readonly Flow[];
  readonly atCdn: readonly Flow[];
  readonly users: number;
}

/** Bytes to people, by CloudFront or from AppSync itself. What CloudFront fetches from AWS is free. */
function delivery(graph: TerraformGraph, { flows, atCdn, users }: Delivered): Usage[] {
  const bytes = ({ perMonth, sample }: Flow): number =>
    perMonth * (sample.responseBytes * assumed.compression.value + assumed.transportBytes.value);
  const direct = flows.filter((flow) => !atCdn.includes(flow));
  const hasSite = graph.ofType('aws_cloudfront_distribution').length > 0;
  const site = hasSite ? users : 0;
  return [
    { service: 'Data transfer', price: 'dataOut', amount: sum(direct, bytes) / GB, what: "AppSync's answers" },
    { service: 'CloudFront', price: 'cdnOut', amount: sum(atCdn, bytes) / GB, what: 'public answers' },
    {
      service: 'CloudFront',
      price: 'cdnRequest',
      amount: sum(atCdn, ({ perMonth }) => perMonth) / 10_000,
      what: 'public reads',
    },
    { service: 'CloudFront', price: 'cdnOut', amount: (site * assumed.siteBytesPerUser.value) / GB, what: 'the site' },
    {
      service: 'CloudFront',
      price: 'cdnRequest',
      amount: (site * assumed.siteRequestsPerUser.value) / 10_000,
      what: "the site's files",
    },
    {
      service: 'S3',
      price: 's3Get',
      amount: (site * assumed.siteRequestsPerUser.value * (1 - assumed.cdnHitRatio.value)) / 1_000,
      what: 'files that the CDN fetches',
    },
  ];
}

/** A web ACL is asked about every request to what it is associated with. */
function inspection(graph: TerraformGraph, requests: { operations: number; atCdn: number; users: number }): Usage[] {
  const guardsApi = graph
    .ofType('aws_wafv2_web_acl_association')
    .some(({ args, stack }) =>
      graph.referencesIn(args['resource_arn'], stack).some(({ type }) => type === 'aws_appsync_graphql_api'),
    );
  const guardsCdn = graph.ofType('aws_cloudfront_distribution').some(({ args }) => args['web_acl_id'] !== undefined);
  const cdn = requests.atCdn + requests.users * assumed.siteRequestsPerUser.value;
  return [
    {
      service: 'WAF',
      price: 'wafRequest',
      amount: guardsApi ? requests.operations / MILLION : 0,
      what: 'requests to the API',
    },
    { service: 'WAF', price: 'wafRequest', amount: guardsCdn ? cdn / MILLION : 0, what: 'requests to the CDN' },
  ];
}

function observation(
  graph: TerraformGraph,
  { operations, units }: { operations: number; units: ReadonlyMap<string, Units> },
): Usage[] {
  const traced = sum(graph.ofType('aws_xray_sampling_rule'), ({ args }) => Number(args['fixed_rate']) * operations);
  const logs = graph.ofType('aws_appsync_graphql_api').some(({ args }) => args['log_config'] !== undefined);
  const watched = graph.ofType('aws_dynamodb_contributor_insights').length > 0;
  const events = sum([...units.values()], ({ reads, writes }) => reads + writes) * assumed.insightsEventsPerUnit.value;
  const ingested = logs ? (operations * assumed.logBytesPerOperation.value) / GB : 0;
  return [
    { service: 'CloudWatch', price: 'logIngest', amount: ingested, what: "AppSync's logs" },
    { service: 'CloudWatch', price: 'trace', amount: traced / MILLION, what: 'traces' },
    {
      service: 'CloudWatch',
      price: 'dynamodbInsights',
      amount: watched ? events / MILLION : 0,
      what: 'contributor insights',
    },
  ];
}

/** Logs of a month are kept as long as the longest log group says. */
function keptLogs(graph: TerraformGraph, used: readonly Usage[]): Usage[] {
  const days = Math.max(
    0,
    ...graph.ofType('aws_cloudwatch_log_group').map(({ args }) => Number(args['retention_in_days'])),
  );
  const ingested = sum(
    used.filter(({ price }) => price === 'logIngest'),
    ({ amount }) => amount,
  );
  const amount = ((ingested * days) / 30) * assumed.logCompression.value;
  return [{ service: 'CloudWatch', price: 'logStorage', amount, what: `logs kept for ${days} days` }];
}
