/**
 * Accepts events until it is killed: `node crashInvoker.ts FILE ROUND`. A line on standard output acknowledges an event that
 * Lambda has answered with 202; the function itself says on standard output what it has begun.
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../src/database.ts';
import { functionOf, role, startLambda } from './support.ts';

const STANDARD_OUTPUT = 1;
const [file, round] = process.argv.slice(2) as [string, string];
const { lambda } = startLambda({ database: openDatabase(file) });
lambda.provision(
  functionOf(`export const handler = async () => new Promise((resolve) => setTimeout(resolve, 5));`, {
    reservedConcurrency: 2,
  }),
);

for (let number = 0; ; number += 1) {
  const Payload = JSON.stringify({ event: `${round}-${number}` });
  await lambda.call('Invoke', { FunctionName: 'work', InvocationType: 'Event', Payload }, role);
  writeSync(STANDARD_OUTPUT, `accepted ${round}-${number}\n`);
  await new Promise((resolve) => setImmediate(resolve));
}
