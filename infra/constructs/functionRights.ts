import type { SqsQueue } from '../aws.ts';
import type { FunctionSpec } from '../functions.ts';
import { bucketStatements, keyStatement, type Statement, tableStatements } from '../iamPolicy.ts';
import { mailEnvironment, sendMails } from './mail.ts';
import { environmentName } from '../naming.ts';
import { type ParameterKey, parameterName } from '../parameters.ts';
import type { Stack } from '../stacks/stack.ts';
import type { BackendFunctionContext } from './backendFunction.ts';
import type { WorkQueue } from './workQueue.ts';

type Context = Pick<
  BackendFunctionContext,
  'api' | 'tables' | 'tableArns' | 'buckets' | 'members' | 'queues' | 'key'
> & {
  readonly failed?: SqsQueue | undefined;
};

/** What the row of a function lets its role do. */
export function functionStatements(stack: Stack, key: string, spec: FunctionSpec, context: Context): Statement[] {
  const { grants, buckets = [], sends = [], parameters = [], publishes = [], members = [], mails } = spec;
  const bucketArns = mapValues(context.buckets, ({ arn }) => arn);
  const own = context.queues.get(key);
  const receivers = [
    ...sends.map((to) => queueOf(context, to).arn),
    ...(context.failed ? [context.failed.arn] : []),
    ...(own ? [own.dead.arn] : []),
  ];
  return [
    ...streamStatements(spec, context),
    ...(own ? [readQueue(own.queue)] : []),
    ...grants.flatMap((grant) => tableStatements(grant, context.tableArns)),
    ...buckets.flatMap((grant) => bucketStatements(grant, bucketArns)),
    ...(receivers.length > 0 ? [{ actions: ['sqs:SendMessage'], resources: receivers }] : []),
    ...(parameters.length > 0 ? [readParameters(stack, parameters)] : []),
    ...(context.key ? [keyStatement(context.key.arn)] : []),
    ...(members.length > 0
      ? [{ actions: members.map((action) => `cognito-idp:${action}`), resources: [context.members.arn] }]
      : []),
    ...(mails ? [sendMails(stack)] : []),
    ...(publishes.length > 0
      ? [
          {
            actions: ['appsync:GraphQL'],
            resources: publishes.map((field) => `${context.api.arn}/types/Mutation/fields/${field}`),
          },
        ]
      : []),
  ];
}

function streamStatements({ streams = [] }: FunctionSpec, { tables, tableArns }: Context): Statement[] {
  if (streams.length === 0) return [];
  return [
    {
      actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      resources: streams.map(({ table }) => tables[table].streamArn),
    },
    // Lists the streams of a table, so it is asked about all of them.
    {
      actions: ['dynamodb:ListStreams'],
      resources: streams.map(({ table }) => `${tableArns[table]}/stream/*`),
    },
  ];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions */
function readQueue({ arn }: SqsQueue): Statement {
  return { actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], resources: [arn] };
}

/** What is encrypted is so with the key `aws/ssm`, which lets in whom SSM lets in. */
function readParameters(stack: Stack, keys: readonly ParameterKey[]): Statement {
  const { namePrefix, region } = stack.config;
  const named = keys.map((key) => parameterName(namePrefix, key));
  return {
    actions: ['ssm:GetParameter'],
    resources: named.map((name) => `arn:aws:ssm:${region}:${stack.accountId}:parameter${name}`),
  };
}

/** What the row of a function puts into its environment. */
export function functionEnvironment(
  stack: Stack,
  key: string,
  { grants, buckets = [], sends = [], parameters = [], publishes, members, mails, environment }: FunctionSpec,
  context: Context,
): Record<string, string> {
  const own = context.queues.get(key);
  return {
    ...Object.fromEntries(grants.map(({ table }) => [environmentName(table, 'TABLE'), stack.named(table)])),
    ...Object.fromEntries(
      buckets.map(({ bucket }) => [environmentName(bucket, 'BUCKET'), context.buckets[bucket].bucket]),
    ),
    ...Object.fromEntries(sends.map((to) => [environmentName(to, 'QUEUE_URL'), queueOf(context, to).url])),
    ...Object.fromEntries(
      parameters.map((to) => [environmentName(to, 'PARAMETER'), parameterName(stack.config.namePrefix, to)]),
    ),
    ...(own ? { DEAD_QUEUE_URL: own.dead.url, MAX_RECEIVES: String(own.source.maxReceives) } : {}),
    ...(publishes ? { GRAPHQL_ENDPOINT: context.api.uris.lookup('GRAPHQL') } : {}),
    ...(mails ? mailEnvironment(stack) : {}),
    ...(members ? { USER_POOL_ID: context.members.id } : {}),
    ...environment,
  };
}

/** The wiring was checked before (`checkWiring`): what is missing here is our bug. */
function queueOf({ queues }: { readonly queues: ReadonlyMap<string, WorkQueue> }, key: string): SqsQueue {
  const found = queues.get(key);
  if (!found) throw new Error(`The function ${key} has no queue.`);
  return found.queue;
}

function mapValues<K extends string, V, R>(record: Readonly<Record<K, V>>, make: (value: V) => R): Record<K, R> {
  const entries = Object.entries(record) as [K, V][];
  return Object.fromEntries(entries.map(([key, value]) => [key, make(value)])) as Record<K, R>;
}
