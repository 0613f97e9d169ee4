import { AppSyncClient, EvaluateCodeCommand } from '@aws-sdk/client-appsync';
import {
  CognitoIdentityProviderClient,
  ListUsersCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import type { JsonObject } from '../../src/json.ts';
import { createCredentials, type AccessKey } from '../../src/aws/credentials.ts';
import { seededRandom } from '../../src/random.ts';
import {
  fakeDynamoDb,
  fakeService,
  READER,
  REGION,
  ROOT,
  ROOT_KEY,
  send,
  sendSigned,
  startPort,
  type RunningPort,
} from './support.ts';

let running: RunningPort | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(...parameters: Parameters<typeof startPort>): Promise<RunningPort> {
  running = await startPort(...parameters);
  return running;
}

function clientConfig({ url }: RunningPort, key: AccessKey = ROOT_KEY): DynamoDBClientConfig {
  return { endpoint: url, region: REGION, credentials: key, maxAttempts: 1 };
}

const GET_ITEM = { 'x-amz-target': 'DynamoDB_20120810.GetItem', 'content-type': 'application/x-amz-json-1.0' };
const SIGN_UP = {
  'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp',
  'content-type': 'application/x-amz-json-1.1',
};

describe('DynamoDB by the AWS SDK', () => {
  it('writes and reads, and the authorizer is asked for every call', async () => {
    const port = await start([fakeDynamoDb()]);
    const client = new DynamoDBClient(clientConfig(port));
    const Item = { id: { S: 'ねこ' }, n: { N: '1' } };
    await client.send(new PutItemCommand({ TableName: 't', Item }));
    const { Item: found } = await client.send(new GetItemCommand({ TableName: 't', Key: { id: { S: 'ねこ' } } }));
    expect(found).toEqual(Item);
    expect(port.judged).toEqual([
      { action: 'dynamodb:PutItem', resource: '*', principal: ROOT.arn },
      { action: 'dynamodb:GetItem', resource: '*', principal: ROOT.arn },
    ]);
  });

  it('gets errors by their class, with their details', async () => {
    const client = new DynamoDBClient(clientConfig(await start([fakeDynamoDb()])));
    await expect(client.send(new DescribeTableCommand({ TableName: 't' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(client.send(new UpdateItemCommand({ TableName: 't', Key: { id: { S: 'x' } } }))).rejects.toMatchObject(
      {
        name: 'ConditionalCheckFailedException',
        Item: { id: { S: 'old' } },
      },
    );
  });

  it('is refused when a policy does not allow it, and then the service is not called', async () => {
    const dynamodb = fakeDynamoDb();
    const client = new DynamoDBClient(clientConfig(await start([dynamodb], { denied: ['dynamodb:PutItem'] })));
    await expect(client.send(new PutItemCommand({ TableName: 't', Item: {} }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect(dynamodb.calls).toEqual([]);
  });

  it('acts as the role whose session signs', async () => {
    const credentials = createCredentials({ random: seededRandom('roles') });
    const dynamodb = fakeDynamoDb();
    const port = await start([dynamodb], { credentials });
    const client = new DynamoDBClient(clientConfig(port, credentials.sessionFor(READER)));
    await client.send(new GetItemCommand({ TableName: 't', Key: { id: { S: 'x' } } }));
    expect(dynamodb.calls.map(({ principal }) => principal)).toEqual([READER]);
  });

  it('is refused with a wrong secret', async () => {
    const client = new DynamoDBClient(
      clientConfig(await start([fakeDynamoDb()]), { ...ROOT_KEY, secretAccessKey: 'guess' }),
    );
    await expect(client.send(new ScanCommand({ TableName: 't' }))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
  });

  it('gets an answer for a defect of the service, which is reported, and the next request is served', async () => {
    const port = await start([fakeDynamoDb()]);
    const client = new DynamoDBClient(clientConfig(port));
    await expect(client.send(new ScanCommand({ TableName: 't' }))).rejects.toMatchObject({
      name: 'InternalFailure',
      $metadata: { httpStatusCode: 500 },
    });
    expect(port.defects).toMatchObject([{ operation: 'dynamodb:Scan', error: new TypeError('a defect') }]);
    await expect(client.send(new GetItemCommand({ TableName: 't', Key: { id: { S: 'x' } } }))).resolves.toBeTruthy();
  });

  it('answers in the wire format of DynamoDB', async () => {
    const { port } = await start([fakeDynamoDb()]);
    const reply = await sendSigned(port, { headers: GET_ITEM, body: '{"Key":{"id":{"S":"x"}}}' });
    expect(reply).toMatchObject({
      status: 200,
      text: '{}',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-crc32': '2745614147',
        'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
    const error = await sendSigned(port, {
      headers: { ...GET_ITEM, 'x-amz-target': 'DynamoDB_20120810.DescribeTable' },
      body: '{}',
    });
    expect(JSON.parse(error.text)).toEqual({
      __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',
      message: 'Requested resource not found',
    });
    const unsigned = await send(port, { headers: GET_ITEM, body: '{}' });
    expect(unsigned.status).toBe(400);
    expect(JSON.parse(unsigned.text)).toEqual({
      __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
      message: 'Request is missing Authentication Token',
    });
  });

  it('reads the streams API as DynamoDB', async () => {
    const dynamodb = fakeService('dynamodb', () => ({ Streams: [] }));
    const { port } = await start([dynamodb]);
    const reply = await sendSigned(port, {
      headers: { 'x-amz-target': 'DynamoDBStreams_20120810.ListStreams' },
      body: '{}',
    });
    expect(reply.text).toBe('{"Streams":[]}');
  });
});

describe('Cognito by the AWS SDK', () => {
  const cognito = () =>
    fakeService(
      'cognito-idp',
      (operation) => {
        if (operation === 'SignUp') throw new AwsError('UsernameExistsException', 'User already exists');
        return { Users: [] };
      },
      ['SignUp', 'InitiateAuth'],
    );

  it('runs public operations unsigned, as nobody', async () => {
    const service = cognito();
    const port = await start([service]);
    const client = new CognitoIdentityProviderClient(clientConfig(port));
    await expect(client.send(new SignUpCommand({ ClientId: 'c', Username: 'u', Password: 'p' }))).rejects.toMatchObject(
      {
        name: 'UsernameExistsException',
        message: 'User already exists',
      },
    );
    expect(service.calls).toMatchObject([{ operation: 'SignUp', principal: { arn: 'anonymous' } }]);
    expect(port.judged).toEqual([]);
  });

  it('wants a signature for the others', async () => {
    const service = cognito();
    const port = await start([service]);
    const headers = { ...SIGN_UP, 'x-amz-target': 'AWSCognitoIdentityProviderService.ListUsers' };
    const unsigned = await send(port.port, { headers, body: '{}' });
    expect(JSON.parse(unsigned.text)).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    expect(service.calls).toEqual([]);
    const client = new CognitoIdentityProviderClient(clientConfig(port));
    expect(await client.send(new ListUsersCommand({ UserPoolId: 'p' }))).toMatchObject({ Users: [] });
  });

  it('other services have no public operations, even when one asks for no permission', async () => {
    const service = fakeService('dynamodb', () => ({}), ['GetItem']);
    const { port } = await start([service]);
    expect((await send(port, { headers: GET_ITEM, body: '{}' })).status).toBe(400);
    expect(service.calls).toEqual([]);
  });
});

describe('REST services', () => {
  it('evaluate code by the AWS SDK, with errors by their class', async () => {
    const service = fakeService('appsync', (_operation, { code }) => {
      if (code === 'bad') throw new AwsError('BadRequestException', 'The code contains one or more errors.');
      return { evaluationResult: '{"a":1}' };
    });
    const client = new AppSyncClient(clientConfig(await start([service])));
    const evaluate = (code: string) =>
      client.send(
        new EvaluateCodeCommand({
          code,
          context: '{}',
          runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
          function: 'request',
        }),
      );
    expect(await evaluate('good')).toMatchObject({ evaluationResult: '{"a":1}' });
    expect(service.calls[0]).toMatchObject({
      operation: 'EvaluateCode',
      input: { code: 'good', context: '{}', function: 'request' },
    });
    await expect(evaluate('bad')).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'The code contains one or more errors.',
    });
  });

  it('invoke a function with its payload as the body', async () => {
    const service = fakeService('lambda', ({ length }, { Payload }): JsonObject =>
      Payload === '"fail"'
        ? {
            StatusCode: 200,
            Payload: '{"errorType":"Error"}',
            FunctionError: 'Unhandled',
            ExecutedVersion: '$LATEST',
            LogResult: 'bG9n',
          }
        : { StatusCode: 200, Payload: String(length), ExecutedVersion: '$LATEST' },
    );
    const { port } = await start([service]);
    const path =
      '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aap-northeast-1%3A123456789012%3Afunction%3Awork/invocations?Qualifier=%24LATEST';
    const good = await sendSigned(
      port,
      { path, body: '{"a":1}', headers: { 'x-amz-log-type': 'Tail' } },
      { service: 'lambda' },
    );
    expect(good).toMatchObject({ status: 200, text: '6', headers: { 'x-amz-executed-version': '$LATEST' } });
    expect(service.calls[0]).toMatchObject({
      operation: 'Invoke',
      input: {
        FunctionName: 'arn:aws:lambda:ap-northeast-1:123456789012:function:work',
        InvocationType: 'RequestResponse',
        LogType: 'Tail',
        Payload: '{"a":1}',
        Qualifier: '$LATEST',
      },
    });
    const bad = await sendSigned(port, { path, body: '"fail"' }, { service: 'lambda' });
    expect(bad).toMatchObject({
      status: 200,
      headers: { 'x-amz-function-error': 'Unhandled', 'x-amz-log-result': 'bG9n' },
    });
  });

  it('list functions with a trailing slash and paging', async () => {
    const service = fakeService('lambda', () => ({ Functions: [] }));
    const { port } = await start([service]);
    const reply = await sendSigned(
      port,
      { method: 'GET', path: '/2015-03-31/functions/?MaxItems=2&Marker=a' },
      { service: 'lambda' },
    );
    expect(reply.text).toBe('{"Functions":[]}');
    expect(service.calls[0]).toMatchObject({ operation: 'ListFunctions', input: { MaxItems: 2, Marker: 'a' } });
  });

  it('refuse with 403 and the code in a header when the signature is wrong', async () => {
    const { port } = await start([fakeService('lambda', () => ({}))]);
    const reply = await send(port, { method: 'GET', path: '/2015-03-31/functions' });
    expect(reply).toMatchObject({
      status: 403,
      headers: { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
    });
  });
});

describe('administration', () => {
  const adminRoutes = [
    { method: 'POST', path: '/_local/clock', handle: (input: object) => ({ got: { ...input } }) },
  ] as const;
  const request = { path: '/_local/clock', body: '{"Time":null}' };

  it('takes requests signed by the root key for the service local', async () => {
    const { port } = await start([], { adminRoutes });
    expect(await sendSigned(port, request, { service: 'local' })).toMatchObject({
      status: 200,
      text: '{"got":{"Time":null}}',
    });
  });

  it('refuses everybody else: unsigned, a role, and any page even when signed', async () => {
    const credentials = createCredentials({ random: seededRandom('roles') });
    credentials.register(ROOT_KEY, ROOT);
    const { port } = await start([], { adminRoutes, credentials });
    expect((await send(port, request)).status).toBe(403);
    expect((await sendSigned(port, request, { service: 'local', key: credentials.sessionFor(READER) })).status).toBe(
      403,
    );
    const headers = { origin: 'http://localhost:3000' };
    expect((await sendSigned(port, { ...request, headers }, { service: 'local' })).status).toBe(403);
  });
});
