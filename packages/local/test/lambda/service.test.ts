import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { strToU8, zipSync } from 'fflate';
import type { JsonObject } from '../../src/json.ts';
import { functionOf, role, startLambda, zip } from './support.ts';

let running = startLambda();
afterEach(async () => {
  await running.lambda.close();
  running = startLambda();
});

const OK = `export const handler = async () => 'ok';`;
const call = async (operation: string, input: JsonObject): Promise<JsonObject> =>
  running.lambda.call(operation, input, role);

describe('execution environments', () => {
  it('are used again, so that module state survives', async () => {
    running.lambda.provision(functionOf(`let calls = 0; export const handler = async () => ++calls;`));
    const payloads = [];
    for (let i = 0; i < 3; i += 1) payloads.push((await running.lambda.invoke('work', '{}')).payload);
    expect(payloads).toEqual(['1', '2', '3']);
  });

  it('run one event at a time, and several events in several of them', async () => {
    const source = `let running = 0; export const handler = async () => {
      running += 1; const seen = running;
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1; return seen;
    };`;
    running.lambda.provision(functionOf(source));
    const results = await Promise.all(Array.from({ length: 4 }, () => running.lambda.invoke('work', '{}')));
    expect(results.map(({ payload }) => payload)).toEqual(['1', '1', '1', '1']);
  });

  it('are throttled beyond reserved concurrency', async () => {
    running.lambda.provision(
      functionOf(`export const handler = async () => new Promise((resolve) => setTimeout(() => resolve('ok'), 20));`, {
        reservedConcurrency: 1,
      }),
    );
    const first = running.lambda.invoke('work', '{}');
    await expect(running.lambda.invoke('work', '{}')).rejects.toMatchObject({
      code: 'TooManyRequestsException',
      statusCode: 429,
      details: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
    });
    expect(await first).toMatchObject({ payload: '"ok"' });
    expect(await running.lambda.invoke('work', '{}')).toMatchObject({ payload: '"ok"' });
  });

  it('are none with a reservation of zero', async () => {
    running.lambda.provision(functionOf(OK, { reservedConcurrency: 0 }));
    await expect(running.lambda.invoke('work', '{}')).rejects.toMatchObject({ code: 'TooManyRequestsException' });
  });
});

describe('provision', () => {
  it('lets calls in flight finish on the old code and runs the next on the new', async () => {
    const version = (n: number): string =>
      `export const handler = async () => { console.log('began'); await new Promise((resolve) => setTimeout(resolve, 30)); return ${n}; };`;
    let began = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => (began = resolve));
    running.lines.push = (...lines) => (began(), lines.length);
    running.lambda.provision(functionOf(version(1)));
    const old = running.lambda.invoke('work', '{}');
    await hasBegun;
    running.lambda.provision(functionOf(version(2)));
    expect(await running.lambda.invoke('work', '{}')).toMatchObject({ payload: '2' });
    expect(await old).toMatchObject({ payload: '1' });
  });

  it('keeps the workers when nothing changed', async () => {
    const definition = functionOf(`let calls = 0; export const handler = async () => ++calls;`);
    running.lambda.provision(definition);
    await running.lambda.invoke('work', '{}');
    running.lambda.provision({ ...definition, code: Uint8Array.from(definition.code) });
    expect((await running.lambda.invoke('work', '{}')).payload).toBe('2');
    running.lambda.provision({ ...definition, environment: { CHANGED: 'yes' } });
    expect((await running.lambda.invoke('work', '{}')).payload).toBe('1');
  });

  it.each([
    ['another language', { runtime: 'python3.13' }, 'NotEmulated', 'runtime python3.13'],
    [
      'a file that is not in the archive',
      { handler: 'main.handler' },
      'InvalidParameterValueException',
      'main.js, main.mjs, main.cjs',
    ],
    ['a handler without export', { handler: 'index' }, 'InvalidParameterValueException', 'file.export'],
    ['what is no archive', { code: strToU8('no zip') }, 'InvalidParameterValueException', 'not a readable ZIP archive'],
    [
      'a reserved variable',
      { environment: { AWS_REGION: 'x' } },
      'InvalidParameterValueException',
      'reserved variables: AWS_REGION',
    ],
    ['a malformed variable', { environment: { 'A-B': 'x' } }, 'InvalidParameterValueException', 'A-B'],
    [
      'a large environment',
      { environment: { BIG: 'x'.repeat(4096) } },
      'InvalidParameterValueException',
      'the limit is 4096',
    ],
    ['no time', { timeoutSeconds: 0 }, 'InvalidParameterValueException', 'timeout 0'],
    ['too little memory', { memoryMegabytes: 64 }, 'InvalidParameterValueException', 'memory_size 64'],
  ])('refuses %s with the Terraform address, and keeps the old function', async (_what, changes, code, message) => {
    running.lambda.provision(functionOf(OK));
    const provision = (): void => running.lambda.provision(functionOf(OK, changes));
    expect(provision).toThrow(expect.objectContaining({ code }));
    expect(provision).toThrow(message);
    expect(provision).toThrow('api.aws_lambda_function.work');
    expect(await running.lambda.invoke('work', '{}')).toMatchObject({ payload: '"ok"' });
  });

  it('refuses an archive that inflates beyond the limit without inflating it', () => {
    const bomb = zipSync({ 'index.mjs': strToU8(OK) });
    // The directory at the end of the archive tells the size: claim 300 MB.
    const directory = Buffer.from(bomb).lastIndexOf('PK\x01\x02', undefined, 'latin1');
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(directory + 24, 300_000_000, true);
    expect(() => running.lambda.provision(functionOf('', { code: bomb }))).toThrow(
      'must be smaller than 262144000 bytes',
    );
  });

  it('writes nothing to disk for a path that climbs out', async () => {
    const code = zip({ 'index.mjs': OK, '../../../tmp/climbed.txt': 'x' });
    running.lambda.provision(functionOf('', { code }));
    expect(await running.lambda.invoke('work', '{}')).toMatchObject({ payload: '"ok"' });
    expect(existsSync('/tmp/climbed.txt')).toBe(false);
  });

  it('is undone by remove', async () => {
    running.lambda.provision(functionOf(OK));
    running.lambda.remove('work');
    await expect(running.lambda.invoke('work', '{}')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:ap-northeast-1:123456789012:function:work',
    });
  });
});

describe('Invoke', () => {
  it('takes a name, a partial ARN, an ARN and $LATEST', async () => {
    running.lambda.provision(functionOf(OK));
    for (const name of [
      'work',
      'function:work',
      '123456789012:function:work',
      'arn:aws:lambda:ap-northeast-1:123456789012:function:work',
      'arn:aws:lambda:ap-northeast-1:123456789012:function:work:$LATEST',
    ]) {
      expect(await call('Invoke', { FunctionName: name, Payload: '' })).toEqual({
        StatusCode: 200,
        Payload: '"ok"',
        ExecutedVersion: '$LATEST',
      });
    }
  });

  it.each([
    ['another account', 'arn:aws:lambda:ap-northeast-1:999999999999:function:work', 'ResourceNotFoundException'],
    ['another region', 'arn:aws:lambda:us-east-1:123456789012:function:work', 'ResourceNotFoundException'],
    ['a version', 'work:7', 'ResourceNotFoundException'],
    ['a name that is none', '../work', 'ValidationException'],
    ['a member of every object', '__proto__', 'ResourceNotFoundException'],
  ])('refuses %s', async (_what, name, code) => {
    running.lambda.provision(functionOf(OK));
    await expect(call('Invoke', { FunctionName: name, Payload: '{}' })).rejects.toMatchObject({ code });
  });

  it('asks for lambda:InvokeFunction on the ARN, with the qualifier when there is one', () => {
    const arn = 'arn:aws:lambda:ap-northeast-1:123456789012:function:work';
    expect(running.lambda.access('Invoke', { FunctionName: 'work' })).toEqual([
      { action: 'lambda:InvokeFunction', resource: arn },
    ]);
    expect(running.lambda.access('Invoke', { FunctionName: 'work', Qualifier: 'live' })).toEqual([
      { action: 'lambda:InvokeFunction', resource: `${arn}:live` },
    ]);
  });

  it('DryRun runs nothing', async () => {
    running.lambda.provision(functionOf(`console.log('loaded'); export const handler = async () => 1;`));
    expect(await call('Invoke', { FunctionName: 'work', InvocationType: 'DryRun', Payload: '{}' })).toEqual({
      StatusCode: 204,
      Payload: '',
    });
    expect(running.lines).toEqual([]);
  });

  it('returns the end of the log when asked', async () => {
    running.lambda.provision(functionOf(`export const handler = async () => console.log('hello');`));
    const { LogResult } = await call('Invoke', { FunctionName: 'work', LogType: 'Tail', Payload: '{}' });
    expect(Buffer.from(String(LogResult), 'base64').toString()).toMatch(/^[0-9a-f-]{36}\tINFO\thello\n$/);
  });

  it.each([
    ['RequestResponse', 6_291_456],
    ['Event', 1_048_576],
  ])('refuses a payload beyond the limit of %s, counted in bytes', async (type, limit) => {
    running.lambda.provision(functionOf(OK));
    const atLimit = `"${'é'.repeat((limit - 2) / 2)}"`;
    expect(await call('Invoke', { FunctionName: 'work', InvocationType: type, Payload: atLimit })).toBeTruthy();
    await running.lambda.idle();
    await expect(
      call('Invoke', { FunctionName: 'work', InvocationType: type, Payload: `${atLimit} ` }),
    ).rejects.toMatchObject({
      code: 'RequestTooLargeException',
      statusCode: 413,
    });
  });

  it('refuses a payload that is no JSON', async () => {
    running.lambda.provision(functionOf(OK));
    await expect(call('Invoke', { FunctionName: 'work', Payload: '{' })).rejects.toMatchObject({
      code: 'InvalidRequestContentException',
    });
  });
});

describe('reading functions', () => {
  it('lists them by name, page by page', async () => {
    for (const functionName of ['b', 'a', 'c']) running.lambda.provision(functionOf(OK, { functionName }));
    const first = await call('ListFunctions', { MaxItems: 2 });
    expect(first).toMatchObject({ Functions: [{ FunctionName: 'a' }, { FunctionName: 'b' }], NextMarker: 'b' });
    const second = await call('ListFunctions', { Marker: 'b' });
    expect(second.Functions).toMatchObject([{ FunctionName: 'c' }]);
    expect(second.NextMarker).toBeUndefined();
  });

  it('shows a function without the values of its environment', async () => {
    running.lambda.provision(functionOf(OK, { environment: { TOKEN: 'secret-value' } }));
    const found = await call('GetFunction', { FunctionName: 'work' });
    expect(found).toMatchObject({
      Configuration: { FunctionName: 'work', Runtime: 'nodejs24.x', Role: role.arn, Timeout: 30, MemorySize: 128 },
    });
    expect(JSON.stringify(found)).not.toContain('secret-value');
  });

  it('refuses operations it does not know', () => {
    for (const operation of ['CreateFunction', 'toString', '__proto__']) {
      expect(() => running.lambda.access(operation, {})).toThrow(
        expect.objectContaining({ code: 'UnknownOperationException' }),
      );
    }
  });
});
