import { parseArgs } from 'node:util';
import { GetQueueUrlCommand, QueueDoesNotExist, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DEPLOYMENT_OPTIONS, DEPLOYMENT_USAGE, readDeployment } from '../deployed/deployment.ts';
import { OperatorError } from '../deployed/operatorError.ts';
import { runCommand } from '../deployed/runCommand.ts';

const USAGE = `npm run recount -- [flags]
  Has the counters of every member and post recounted now; a night recounts a share of them. What is wrong is repaired half
  an hour later, and in the log of the function recount.
${DEPLOYMENT_USAGE}`;

/** A message of the function recount: one segment, which is all. */
const EVERYBODY = { kind: 'members', segment: 0, segments: 1 };

await runCommand(USAGE, async (args) => {
  const { values } = parseArgs({ args: [...args], strict: true, options: DEPLOYMENT_OPTIONS });
  const deployment = readDeployment(values, process.env);
  return {
    deployment,
    async run() {
      const sqs = new SQSClient(deployment.client);
      const QueueUrl = await queueUrl(sqs, `${deployment.namePrefix}-recount`, deployment.where);
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(EVERYBODY) }));
      console.log(`${deployment.where}: everything is being recounted; the log of the function recount tells.`);
    },
  };
});

async function queueUrl(sqs: SQSClient, QueueName: string, where: string): Promise<string> {
  try {
    const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    return QueueUrl;
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    throw new OperatorError(`${where} has no queue ${QueueName}: the stage is not deployed there.`);
  }
}
