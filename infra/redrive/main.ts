import { parseArgs } from 'node:util';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DEPLOYMENT_OPTIONS, DEPLOYMENT_USAGE, readDeployment } from '../deployed/deployment.ts';
import { runCommand, UsageError } from '../deployed/runCommand.ts';
import { peek } from './peek.ts';
import { chooseQueue, deadQueues } from './queues.ts';
import { redrive } from './redrive.ts';
import { messageLines, tableOf } from './report.ts';

const USAGE = `npm run redrive -- [QUEUE] [flags]
  Gives work again that was given up, when its cause is mended. Without a queue: lists all queues of given-up work.
  QUEUE is the name of one (fanOut-dead, counters-failed), or the function's when it has only one.
  --list           look at what lies there and why, and leave it
  --max N          so many at most; with --list 20 unless it is said
${DEPLOYMENT_USAGE}`;

const LISTED = 20;

function readFlags(args: readonly string[]) {
  const options = { ...DEPLOYMENT_OPTIONS, list: { type: 'boolean' }, max: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], strict: true, allowPositionals: true, options });
  if (positionals.length > 1) throw new UsageError('Say one queue.');
  const max = values.max === undefined ? null : Number(values.max);
  if (max !== null && !(Number.isInteger(max) && max > 0)) throw new UsageError('--max is a number from 1.');
  return { ...values, max, queue: positionals[0] };
}

await runCommand(USAGE, async (args) => {
  const { queue: named, list, max, ...flags } = readFlags(args);
  const deployment = readDeployment(flags, process.env);
  return {
    deployment,
    async run() {
      const sqs = new SQSClient(deployment.client);
      const lambda = new LambdaClient(deployment.client);
      const queues = await deadQueues(sqs, deployment);
      console.log(`${deployment.where}:`);
      if (named === undefined) return tell(tableOf(queues));
      const queue = chooseQueue(queues, named, deployment);
      if (!list) return redrive({ deployment, sqs, lambda, queue, max, tell: (line) => console.log(line) });
      const messages = await peek(sqs, queue, max ?? LISTED);
      tell([
        `${queue.name}: ${messages.length} of ${queue.waiting} shown, ${queue.hidden} hidden`,
        ...messages.flatMap((message) => messageLines(message, queue.kind)),
      ]);
    },
  };
});

function tell(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}
