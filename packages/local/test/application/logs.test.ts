import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, test } from 'vitest';
import type { LocalSystem } from '../../src/index.ts';
import type { JsonObject } from '../../src/json.ts';
import { startGreenhouse } from './start.ts';

/** There is no SDK client for Logs here, so the request is signed by hand. */
async function call(
  { endpoints, credentials }: LocalSystem,
  operation: string,
  input: JsonObject,
): Promise<JsonObject> {
  const url = new URL(endpoints.aws);
  const body = JSON.stringify(input);
  const headers = { host: url.host, 'x-amz-target': `Logs_20140328.${operation}` };
  const signer = new SignatureV4({ service: 'logs', region: 'eu-central-1', credentials, sha256: Sha256 });
  const request = { method: 'POST', protocol: 'http:', hostname: url.hostname, path: '/', headers, body };
  const signed = await signer.sign(request);
  const response = await fetch(url, { method: 'POST', headers: signed.headers, body });
  const answer = (await response.json()) as JsonObject;
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

async function logged(system: LocalSystem, logGroupName: string, filterPattern?: string): Promise<readonly string[]> {
  const { events } = await call(system, 'FilterLogEvents', { logGroupName, ...(filterPattern && { filterPattern }) });
  return (events as JsonObject[]).map(({ message }) => String(message));
}

const parsed = (lines: readonly string[]): JsonObject[] => lines.map((line) => JSON.parse(line) as JsonObject);
const WARN = 'mutation Warn { warn(sensor: "north", celsius: 41.5) }';

const API_GROUPS = '/aws/appsync/apis/';

async function apiLog(system: LocalSystem): Promise<{ readonly apiId: string; readonly lines: readonly JsonObject[] }> {
  const { logGroups } = await call(system, 'DescribeLogGroups', { logGroupNamePrefix: API_GROUPS });
  const [name = ''] = (logGroups as JsonObject[]).map(({ logGroupName }) => String(logGroupName));
  return { apiId: name.slice(API_GROUPS.length), lines: parsed(await logged(system, name)) };
}

describe('the log of a function', () => {
  test('is in the group that its Terraform names, in the form that it names, with the id of the request', async () => {
    const { system, send } = await startGreenhouse();
    const { data } = await send(WARN);
    const lines = parsed(await logged(system, '/greenhouse/warnings'));
    expect(lines).toEqual([
      {
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        level: 'INFO',
        message: 'A warning for north',
        requestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string,
      },
      // What is JSON already is left as it is.
      {
        level: 'INFO',
        mail: data?.['warn'],
        traceId: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/) as string,
      },
    ]);
  });

  test('says how an invocation failed', async () => {
    const { system, send } = await startGreenhouse();
    await send('mutation { warn(sensor: "north", celsius: 1200) }');
    const [failed] = parsed(await logged(system, '/greenhouse/warnings', '{ $.level = "ERROR" }'));
    expect(failed).toMatchObject({
      level: 'ERROR',
      message: {
        errorType: 'RangeError',
        errorMessage: 'No greenhouse has 1200 °C',
        stackTrace: expect.anything() as unknown,
      },
    });
  });

  test('is text where the Terraform says nothing else', async () => {
    const { system, send } = await startGreenhouse(({ resource }) => {
      Object.assign(resource.aws_lambda_function.warnings, {
        logging_config: { log_format: 'Text', log_group: '/greenhouse/warnings' },
      });
    });
    await send(WARN);
    expect((await logged(system, '/greenhouse/warnings', '"A warning"'))[0]).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[0-9a-f-]{36}\tINFO\tA warning for north$/,
    );
  });

  test('is not written without the permission, as on AWS, and the terminal says so', async () => {
    const lines: string[] = [];
    const { system, send } = await startGreenhouse(
      ({ resource: { aws_iam_role_policy: policies } }) => {
        policies.warnings.policy = policies.warnings.policy.replace('logs:PutLogEvents', 'logs:GetLogEvents');
      },
      { onLog: (line) => void lines.push(line) },
    );
    expect((await send(WARN)).errors).toBeUndefined();
    expect(await logged(system, '/greenhouse/warnings')).toEqual([]);
    expect(lines.find((line) => line.startsWith('lambda greenhouse-warnings writes no log'))).toContain(
      'not authorized to perform: logs:PutLogEvents on resource: arn:aws:logs:eu-central-1:123456789012:log-group:/greenhouse/warnings:log-stream:local/[$LATEST]',
    );
  });

  test('has a group that Lambda makes, where the Terraform has none and the role may', async () => {
    const { system, send } = await startGreenhouse(({ resource }) => {
      Object.assign(resource.aws_lambda_function.warnings, { logging_config: { log_format: 'JSON' } });
      const policies = resource.aws_iam_role_policy;
      policies.warnings.policy = policies.warnings.policy
        .replace('logs:CreateLogStream', 'logs:CreateLogGroup","logs:CreateLogStream')
        .replace('${aws_cloudwatch_log_group.warnings.arn}:log-stream:*', 'arn:aws:logs:*:*:log-group:/aws/lambda/*');
    });
    await send(WARN);
    expect(await logged(system, '/aws/lambda/greenhouse-warnings', '"A warning"')).toHaveLength(1);
  });
});

describe('the log of the API', () => {
  test('has one line for each request, with the trace that its functions have, too', async () => {
    const { system, send } = await startGreenhouse();
    await send(WARN);
    await send('{ readings(sensor: "north") { celsius } average(sensor: "north") { celsius } }');
    await send('{ nothing }');
    const { apiId, lines } = await apiLog(system);
    const [warned, read, refused, ...more] = lines;
    expect(more).toEqual([]);
    expect(warned).toMatchObject({
      logType: 'RequestSummary',
      graphQLAPIId: apiId,
      statusCode: 200,
      operationType: 'mutation',
      operationName: 'Warn',
      fields: ['warn'],
      errorTypes: [],
    });
    expect(warned?.['requestId']).toMatch(/^[0-9a-f]{8}-/);
    expect(warned?.['latency']).toBeGreaterThan(0);
    expect(warned?.['latency']).toBe(Math.round(Number(warned?.['milliseconds']) * 1_000_000));
    expect(read).toMatchObject({ operationType: 'query', operationName: null, fields: ['readings', 'average'] });
    expect(refused).toMatchObject({ operationType: null, statusCode: 200, errorTypes: ['ValidationError'] });
    const [, inFunction] = parsed(await logged(system, '/greenhouse/warnings'));
    expect(inFunction?.['traceId']).toBe(warned?.['traceId']);
    expect(read?.['traceId']).not.toBe(warned?.['traceId']);
  });

  test('names the errors of resolvers, and the status of what is refused', async () => {
    const { system, send } = await startGreenhouse();
    await send('mutation { warn(sensor: "north", celsius: 1200) }');
    await fetch(system.endpoints.graphql, { method: 'POST', body: '{"query":"{ readings { celsius } }"}' });
    const [failed, refused] = (await apiLog(system)).lines;
    expect(failed).toMatchObject({ statusCode: 200, fields: ['warn'], errorTypes: ['Lambda:Unhandled'] });
    expect(refused).toMatchObject({
      statusCode: 401,
      operationType: null,
      fields: [],
      errorTypes: ['UnauthorizedException'],
    });
  });

  test('is not written when the Terraform has no log_config', async () => {
    const { system, send } = await startGreenhouse(({ resource }) => {
      Reflect.deleteProperty(resource.aws_appsync_graphql_api.api, 'log_config');
    });
    await send(WARN);
    expect((await apiLog(system)).lines).toEqual([]);
  });
});
