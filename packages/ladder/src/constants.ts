/** A number that decides a verdict, with where it is from. `page`: AWS states it. `assumed`: nobody does; change it here. */
export interface Constant {
  readonly value: number;
  readonly unit: string;
  readonly grade: 'page' | 'assumed';
  readonly source: string;
}

const page = (value: number, unit: string, source: string): Constant => ({ value, unit, grade: 'page', source });
const assumed = (value: number, unit: string, source: string): Constant => ({ value, unit, grade: 'assumed', source });

const DYNAMODB = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';

export const constants = {
  partitionReads: page(3_000, 'read units a second of one partition', `${DYNAMODB}/bp-partition-key-design.html`),
  partitionWrites: page(1_000, 'write units a second of one partition', `${DYNAMODB}/bp-partition-key-design.html`),
  onDemandReads: page(12_000, 'read units a second of a new table', `${DYNAMODB}/on-demand-capacity-mode.html`),
  onDemandWrites: page(4_000, 'write units a second of a new table', `${DYNAMODB}/on-demand-capacity-mode.html`),
  onDemandGrowth: page(2, 'times the last peak at once', `${DYNAMODB}/on-demand-capacity-mode.html`),
  onDemandMemory: page(1_800, 'seconds until double is ready again', `${DYNAMODB}/on-demand-capacity-mode.html`),
  tableQuota: page(40_000, 'units a second of a table', `${DYNAMODB}/ServiceQuotas.html`),
  burstSeconds: page(300, 'seconds of unused capacity kept', `${DYNAMODB}/burst-adaptive-capacity.html`),
  scaleOutMinutes: page(2, 'minutes above the target before autoscaling acts', `${DYNAMODB}/AutoScaling.html`),
  scaleOutDelay: assumed(60, 'seconds until more capacity serves', 'UpdateTable takes a minute or so'),
  tokens: page(
    10_000,
    'request tokens a second of an API',
    'https://docs.aws.amazon.com/general/latest/gr/appsync.html',
  ),
  tokensPerOperation: assumed(1, 'token an operation', 'operations that take long or much memory use more'),
  functionSeconds: assumed(0.06, 'seconds an invocation', 'a few requests to DynamoDB at 5-10 ms each'),
  functionConcurrency: page(
    1_000,
    'runs at once in an account',
    'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html',
  ),
  aggregationSeconds: assumed(
    1,
    'seconds of changes in one counter write',
    "the stream's batching window in infra/functions.ts",
  ),
  appsyncMilliseconds: assumed(15, 'ms of an operation', 'parsing, authorization and the network within a Region'),
  dynamodbMilliseconds: assumed(
    5,
    'ms of a request',
    'AWS says "single-digit millisecond": https://aws.amazon.com/dynamodb/',
  ),
  edgeMilliseconds: assumed(20, 'ms of an answer by the CDN', 'the nearest edge is near'),
  posts: assumed(1_000_000, 'posts that are read at all', 'a month of a busy square is read; the rest hardly is'),
  postsPerAuthor: assumed(20, 'posts of an author among these', 'the most read authors wrote the most read posts'),
  zipf: assumed(1, 'exponent of popularity', 'what web caches and videos show: 0.8 to 1.1'),
  followersExponent: assumed(
    2.05,
    'exponent of how many followers an account has',
    'power law with a mean of about a hundred',
  ),
  mostFollowers: assumed(5_000_000, 'followers of the largest account', 'half of ten million users'),
} as const satisfies Record<string, Constant>;

export const value = (name: keyof typeof constants): number => constants[name].value;
