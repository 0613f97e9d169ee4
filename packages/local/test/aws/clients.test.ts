import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { afterEach, describe, expect, it } from 'vitest';
import { createSignatureVerifier } from '../../src/aws/signature.ts';
import { systemClock } from '../../src/clock.ts';
import { seededRandom } from '../../src/random.ts';
import { createCredentials } from '../../src/aws/credentials.ts';

import { functionOf, startLambda } from '../lambda/support.ts';
import { fakeDynamoDb, READER, REGION, ROOT, ROOT_KEY, startPort, type RunningPort } from './support.ts';

const run = promisify(execFile);

/** The AWS CLI is not part of the project: where it is missing, its tests say so instead of failing. */
const awsCli = await run('aws', ['--version']).then(
  () => true,
  () => false,
);

let running: RunningPort | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

describe.skipIf(!awsCli)('the AWS CLI (skipped where `aws` is not installed)', () => {
  async function aws(...parameters: string[]): Promise<string> {
    const { stdout } = await run('aws', [...parameters, '--endpoint-url', running!.url, '--output', 'json'], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        AWS_ACCESS_KEY_ID: ROOT_KEY.accessKeyId,
        AWS_SECRET_ACCESS_KEY: ROOT_KEY.secretAccessKey,
        AWS_DEFAULT_REGION: REGION,
        AWS_MAX_ATTEMPTS: '1',
        AWS_PAGER: '',
      },
    });
    return stdout;
  }

  it('writes and reads an item', async () => {
    running = await startPort([fakeDynamoDb()]);
    await aws('dynamodb', 'put-item', '--table-name', 't', '--item', '{"id":{"S":"ねこ"}}');
    const found = await aws('dynamodb', 'get-item', '--table-name', 't', '--key', '{"id":{"S":"ねこ"}}');
    expect(JSON.parse(found)).toEqual({ Item: { id: { S: 'ねこ' } } });
  });

  it('shows an error with its code and message', async () => {
    running = await startPort([fakeDynamoDb()]);
    await expect(aws('dynamodb', 'describe-table', '--table-name', 't')).rejects.toThrow(
      'An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found',
    );
  });

  it('invokes a function by its ARN, whose path is encoded twice in the signature', async () => {
    const { lambda } = startLambda();
    lambda.provision(functionOf(`export const handler = async ({ n }) => ({ twice: n * 2 });`));
    running = await startPort([lambda]);
    const arn = 'arn:aws:lambda:ap-northeast-1:123456789012:function:work';
    const directory = mkdtempSync(join(tmpdir(), 'invoke-'));
    const file = join(directory, 'answer.json');
    const stdout = await aws('lambda', 'invoke', '--function-name', arn, '--payload', '{"n":21}', file);
    const answer = readFileSync(file, 'utf8');
    rmSync(directory, { recursive: true });
    await lambda.close();
    expect(answer).toBe('{"twice":42}');
    expect(JSON.parse(stdout)).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  });
});

describe('Amplify with authMode iam', () => {
  it('signs GraphQL requests so that they verify for the service appsync', async () => {
    const credentials = createCredentials({ random: seededRandom('amplify') });
    const session = credentials.sessionFor(READER);
    const verifier = createSignatureVerifier({ credentials, region: REGION, wallClock: systemClock });
    const principals: unknown[] = [];
    const server = createServer((request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headersDistinct: headers } = request;
        principals.push(
          verifier.verify({ method, path: url, query: '', headers, body: Buffer.concat(chunks), service: 'appsync' }),
        );
        response.end('{"data":{"ok":true}}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    Amplify.configure(
      { API: { GraphQL: { endpoint: `http://127.0.0.1:${port}/graphql`, region: REGION, defaultAuthMode: 'iam' } } },
      {
        Auth: {
          credentialsProvider: {
            getCredentialsAndIdentityId: async () => ({ credentials: session }),
            clearCredentialsAndIdentityId: () => undefined,
          },
        },
      },
    );
    const answer = await generateClient().graphql({
      query: 'query Q($text: String) { ok(text: $text) }',
      variables: { text: "ねこ's" },
    });
    server.close();
    expect(answer).toEqual({ data: { ok: true } });
    expect(principals).toEqual([READER]);
    expect(principals).not.toContainEqual(ROOT);
  });
});
