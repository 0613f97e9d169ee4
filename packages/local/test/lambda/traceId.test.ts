import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, it, onTestFinished } from 'vitest';
import { REGION, ROOT_KEY, startPort } from '../aws/support.ts';
import { functionOf, startLambda } from './support.ts';

const TRACE = 'Root=1-679cbd60-0123456789abcdef01234567;Parent=53995c3f42cd8ad8;Sampled=1';
const tellsTrace = functionOf(`export const handler = async () => process.env._X_AMZN_TRACE_ID ?? 'none';`);

function started() {
  const { lambda } = startLambda();
  onTestFinished(() => lambda.close());
  lambda.provision(tellsTrace);
  return lambda;
}

it('a function finds the trace of its caller in its environment, and not that of the invocation before', async () => {
  const lambda = started();
  expect((await lambda.invoke('work', '{}', 'RequestResponse', TRACE)).payload).toBe(JSON.stringify(TRACE));
  expect((await lambda.invoke('work', '{}')).payload).toBe('"none"');
});

it('a caller over HTTP hands its trace on in the header, as the SDK does inside of a function', async () => {
  const port = await startPort([started()]);
  const client = new LambdaClient({ endpoint: port.url, region: REGION, credentials: ROOT_KEY });
  onTestFinished(async () => {
    client.destroy();
    await port.close();
  });
  process.env.AWS_LAMBDA_FUNCTION_NAME = 'caller';
  process.env._X_AMZN_TRACE_ID = TRACE;
  onTestFinished(() => {
    delete process.env.AWS_LAMBDA_FUNCTION_NAME;
    delete process.env._X_AMZN_TRACE_ID;
  });
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'work' }));
  expect(Buffer.from(Payload ?? []).toString()).toBe(JSON.stringify(TRACE));
});
