import { buildSync } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import type { FunctionDefinition } from '../../src/services/lambda/index.ts';
import { functionOf, manualTimers, sessionKey, startLambda, zip } from './support.ts';

let running = startLambda();
afterEach(async () => {
  await running.lambda.close();
  running = startLambda();
});

async function run(
  definition: FunctionDefinition,
  event: unknown = {},
): Promise<{ payload: unknown; functionError?: string }> {
  running.lambda.provision(definition);
  const { payload, functionError } = await running.lambda.invoke(definition.functionName, JSON.stringify(event));
  return { payload: JSON.parse(payload), ...(functionError && { functionError }) };
}

describe('what a handler returns', () => {
  it('is the value of an async handler, as JSON carries it', async () => {
    const source = `export const handler = async (event) => ({ got: event, at: new Date(0), nothing: undefined });`;
    expect(await run(functionOf(source), { a: [1, 'é'] })).toEqual({
      payload: { got: { a: [1, 'é'] }, at: '1970-01-01T00:00:00.000Z' },
    });
  });

  it('is null when it returns nothing', async () => {
    expect(await run(functionOf(`export const handler = async () => {};`))).toEqual({ payload: null });
  });

  it('may come from a handler that is not async', async () => {
    expect(await run(functionOf(`export const handler = ({ n }) => n + 1;`), { n: 1 })).toEqual({ payload: 2 });
  });

  it('comes from CommonJS with files beside it', async () => {
    const code = zip({
      'index.js': `const { two } = require('./lib/two'); const data = require('./data.json'); exports.handler = async () => [two, data.three, __filename];`,
      'lib/two.js': `exports.two = 2;`,
      'data.json': `{"three":3}`,
    });
    expect(await run(functionOf('', { code }))).toEqual({ payload: [2, 3, '/var/task/index.js'] });
  });

  it('comes from an esbuild bundle with a createRequire banner', async () => {
    const banner = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;
    const source = `${banner} export const handler = async () => require('node:path').posix.join('a', 'b');`;
    expect(await run(functionOf(source))).toEqual({ payload: 'a/b' });
  });
});

describe('what a handler is given', () => {
  it('is only its own environment and what Lambda defines', async () => {
    process.env.SECRET_OF_THE_HOST = 'must not leak';
    const source = `export const handler = async () => process.env;`;
    const { payload } = await run(functionOf(source, { environment: { TABLE: 'posts' } }));
    delete process.env.SECRET_OF_THE_HOST;
    expect(payload).toEqual({
      TABLE: 'posts',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      LAMBDA_TASK_ROOT: '/var/task',
      _HANDLER: 'index.handler',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4001',
      AWS_REGION: 'ap-northeast-1',
      AWS_DEFAULT_REGION: 'ap-northeast-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: 'work',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/work',
      AWS_LAMBDA_LOG_STREAM_NAME: 'local/[$LATEST]',
      AWS_ACCESS_KEY_ID: sessionKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: sessionKey.secretAccessKey,
      AWS_SESSION_TOKEN: sessionKey.sessionToken,
    });
  });

  it('is a context with the function, the request and the time left', async () => {
    const source = `export const handler = async (event, context) => {
      const left = context.getRemainingTimeInMillis();
      return { ...context, left: left > 0 && left <= 30000, awsRequestId: /^[0-9a-f-]{36}$/.test(context.awsRequestId) };
    };`;
    const { payload } = await run(functionOf(source));
    expect(payload).toEqual({
      functionName: 'work',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:ap-northeast-1:123456789012:function:work',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/work',
      logStreamName: 'local/[$LATEST]',
      callbackWaitsForEmptyEventLoop: true,
      awsRequestId: true,
      left: true,
    });
  });

  it('is no module of this machine but those of Node', async () => {
    const source = `export const handler = async () => (await import('vitest')).version;`;
    const { payload } = await run(functionOf(source));
    expect(payload).toMatchObject({
      errorMessage: expect.stringContaining(`Cannot find module 'vitest' in the function's archive`),
    });
  });

  it('is no connection to another machine', async () => {
    const source = `export const handler = async () => { try { await fetch('http://example.com/'); } catch (error) { return error.cause.message; } };`;
    const { payload } = await run(functionOf(source));
    expect(payload).toBe('Connection to example.com refused: functions on this machine reach only this machine');
  });
});

describe('callback handlers', () => {
  const inNode22 = (source: string): FunctionDefinition => functionOf(source, { runtime: 'nodejs22.x' });

  it('answer by callback up to Node 22, after the event loop is empty', async () => {
    const source = `export const handler = (event, context, callback) => {
      const result = { order: ['callback'] };
      setTimeout(() => result.order.push('timer'), 5);
      callback(null, result);
    };`;
    expect(await run(inNode22(source))).toEqual({ payload: { order: ['callback', 'timer'] } });
  });

  it('answer at once when they say so', async () => {
    const source = `export const handler = (event, context, callback) => {
      context.callbackWaitsForEmptyEventLoop = false;
      setInterval(() => {}, 1000);
      callback(null, 'now');
    };`;
    expect(await run(inNode22(source))).toEqual({ payload: 'now' });
  });

  it('fail by callback', async () => {
    const source = `export const handler = (event, context, callback) => callback(new TypeError('no'));`;
    expect(await run(inNode22(source))).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'TypeError', errorMessage: 'no' },
    });
  });

  it('return null when they never call back', async () => {
    expect(await run(inNode22(`export const handler = (event, context, callback) => {};`))).toEqual({ payload: null });
  });

  it('are refused from Node 24 on, as on AWS', async () => {
    const source = `export const handler = (event, context, callback) => callback(null, 1);`;
    expect(await run(functionOf(source))).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'Runtime.CallbackHandlerDeprecated' },
    });
  });
});

describe('what goes wrong in a handler', () => {
  it('is the error it threw, with its stack', async () => {
    const source = `export const handler = async () => { throw new RangeError('too far'); };`;
    const { payload, functionError } = await run(functionOf(source));
    expect(functionError).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
    expect((payload as { trace: string[] }).trace.slice(0, 2)).toEqual([
      'RangeError: too far',
      '    at handler (file:///var/task/index.mjs:1:44)',
    ]);
  });

  it('is traced to the source by an inline source map', async () => {
    const contents = `interface Event { readonly n: number }\n\n\nexport async function handler(event: Event): Promise<void> {\n  if (event.n) return;\n  throw new Error('here');\n}\n`;
    const built = buildSync({
      stdin: { contents, sourcefile: 'lambdas/example.ts', loader: 'ts' },
      bundle: true,
      minify: true,
      sourcemap: 'inline',
      format: 'esm',
      platform: 'node',
      write: false,
    });
    const { payload } = await run(functionOf(built.outputFiles[0]!.text));
    expect((payload as { trace: string[] }).trace[1]).toMatch(/lambdas\/example\.ts:6:9\)$/);
  });

  it('is told for a value that is no error, too', async () => {
    expect(await run(functionOf(`export const handler = async () => { throw 'text'; };`))).toEqual({
      functionError: 'Unhandled',
      payload: { errorType: 'string', errorMessage: 'text', trace: [] },
    });
  });

  it('is an export that is missing', async () => {
    expect(await run(functionOf(`export const other = 1;`))).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.mjs has no export handler' },
    });
  });

  it('is code that does not parse', async () => {
    expect(await run(functionOf(`export const handler = ;`))).toMatchObject({
      payload: { errorType: 'Runtime.UserCodeSyntaxError' },
    });
  });

  it('is an import that is missing', async () => {
    expect(await run(functionOf(`import 'left-pad'; export const handler = async () => 1;`))).toMatchObject({
      payload: { errorType: 'Runtime.ImportModuleError' },
    });
  });

  it('is a promise that nothing can settle', async () => {
    expect(await run(functionOf(`export const handler = () => new Promise(() => {});`))).toMatchObject({
      functionError: 'Unhandled',
      payload: { errorType: 'Runtime.NodeJsExit' },
    });
  });

  it('is a rejection that nobody handles, and the next call has a new worker', async () => {
    const source = `let calls = 0; export const handler = async ({ crash }) => {
      calls += 1;
      if (crash) { Promise.reject(new Error('lost')); await new Promise((resolve) => setTimeout(resolve, 1000)); }
      return calls;
    };`;
    const definition = functionOf(source);
    expect(await run(definition)).toEqual({ payload: 1 });
    expect(await run(definition, { crash: true })).toMatchObject({
      payload: { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: lost' },
    });
    expect(await run(definition)).toEqual({ payload: 1 });
  });

  it('is the end of its process, and ours goes on', async () => {
    const { payload } = await run(functionOf(`export const handler = async () => process.exit(7);`));
    expect(payload).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 7$/),
    });
  });

  it('is more memory than it has, and ours goes on', async () => {
    const source = `export const handler = async () => { const hoard = []; for (;;) hoard.push(new Array(100_000).fill(hoard.length)); };`;
    expect(await run(functionOf(source))).toMatchObject({
      payload: {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
      },
    });
  });

  it('is a response beyond six megabytes', async () => {
    expect(await run(functionOf(`export const handler = async () => 'x'.repeat(6_291_556);`))).toEqual({
      functionError: 'Unhandled',
      payload: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      },
    });
  });

  it('is an endless loop: the worker is ended at the timeout and the next call has a new one', async () => {
    const timers = manualTimers();
    running = startLambda({ timers });
    const definition = functionOf(`export const handler = async ({ loop }) => { while (loop); return 'ok'; };`, {
      timeoutSeconds: 3,
    });
    const stuck = run(definition, { loop: true });
    await timers.waitingFor(3000);
    timers.fire(3000);
    expect(await stuck).toEqual({
      functionError: 'Unhandled',
      payload: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 3.00 seconds$/),
      },
    });
    expect(await run(definition)).toEqual({ payload: 'ok' });
  });
});

describe('log lines', () => {
  it('carry function, request and level, those of loading no request', async () => {
    const source = `console.log('loading'); export const handler = async (event, { awsRequestId }) => { console.warn('%s is', 'this', { a: 1 }); return awsRequestId; };`;
    const { payload } = await run(functionOf(source));
    expect(running.lines).toEqual([
      { functionName: 'work', requestId: null, level: 'INFO', message: 'loading' },
      { functionName: 'work', requestId: payload, level: 'WARN', message: 'this is { a: 1 }' },
    ]);
  });
});
