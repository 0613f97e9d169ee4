import { parseArgs } from 'node:util';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DEPLOYMENT_OPTIONS, DEPLOYMENT_USAGE, readDeployment } from '../deployed/deployment.ts';
import { runCommand, UsageError } from '../deployed/runCommand.ts';
import { readDuration, readReference } from './ids.ts';
import { followRequest } from './journey.ts';
import { report } from './report.ts';

const USAGE = `npm run trace -- ID [flags]
  Tells what became of a request, from the logs of the API and the functions: what ran, what it did, and what went wrong.
  ID is a trace id (header hiroba-trace of an answer to a mutation) or a request id (x-amzn-requestid, or that of a function).
${DEPLOYMENT_USAGE}
  --since TIME     how far to look back: 90m, 1h, 2d (default: as old as the trace id says, or 1h)
  --json           for programs`;

function readFlags(args: readonly string[]) {
  const options = { ...DEPLOYMENT_OPTIONS, since: { type: 'string' }, json: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], strict: true, allowPositionals: true, options });
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new UsageError('Say one id.');
  return { ...values, id };
}

await runCommand(USAGE, async (args) => {
  const { id, since, json, ...flags } = readFlags(args);
  const reference = readReference(id);
  const now = Date.now();
  const from = since === undefined ? null : now - readDuration(since);
  const deployment = readDeployment(flags, process.env);
  return {
    deployment,
    async run() {
      const logs = new CloudWatchLogsClient(deployment.client);
      const journey = await followRequest(reference, { logs, deployment, since: from, now });
      if (json) console.log(JSON.stringify(journey, null, 2));
      else for (const line of report(journey, deployment.where)) console.log(line);
    },
  };
});
