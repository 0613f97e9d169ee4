import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { FunctionDefinition } from '../../src/services/lambda/index.ts';
import { functionOf, manualTimers, startLambda, zip, type TestLambda } from './support.ts';

/** The root of the repository, which has `sharp` installed. */
const PROJECT = join(import.meta.dirname, '../../../..');
const ARN = 'arn:aws:lambda:ap-northeast-1:123456789012:layer:sharp:1';

let running: TestLambda = startLambda();
afterEach(async () => {
  await running.lambda.close();
  running = startLambda();
});

const layersOf = (...packages: string[]) => ({ arns: [ARN], packages, from: PROJECT });

async function run(source: string, changes: Partial<FunctionDefinition> = {}): Promise<unknown> {
  running.lambda.provision(functionOf(source, { layers: layersOf('sharp'), ...changes }));
  const { payload } = await running.lambda.invoke('work', '{}');
  return JSON.parse(payload);
}

/** Paints a picture, scales it down and tells what came out. */
const SCALES = `export const handler = async () => {
  const create = { width: 64, height: 48, channels: 3, background: '#803020' };
  const picture = await sharp({ create }).png().toBuffer();
  const { format, width, height } = await sharp(await sharp(picture).resize(16).webp().toBuffer()).metadata();
  return { format, width, height };
};`;

const SCALED = { format: 'webp', width: 16, height: 12 };

describe('the packages that stand for a layer', () => {
  it('are imported by an ES module, native code included', async () => {
    expect(await run(`import sharp from 'sharp'; ${SCALES}`)).toEqual(SCALED);
  });

  it('are required by CommonJS, and by a bundle that makes its own require', async () => {
    const code = zip({
      'index.js': `const sharp = require('sharp'); ${SCALES.replace('export const', 'exports.')}`.replace(
        'exports. handler',
        'exports.handler',
      ),
    });
    expect(await run('', { code })).toEqual(SCALED);
    const bundled = `import { createRequire } from 'node:module'; const sharp = createRequire(import.meta.url)('sharp'); ${SCALES}`;
    expect(await run(bundled)).toEqual(SCALED);
  });

  it('work in several workers at once, and after one of them was killed in the middle of it', async () => {
    const timers = manualTimers();
    running = startLambda({ timers });
    const source = `import sharp from 'sharp'; ${SCALES.replace('async () => {', "async ({ stuck }) => { while (stuck) await sharp({ create: { width: 2000, height: 2000, channels: 3, background: 'red' } }).blur(9).png().toBuffer();")}`;
    running.lambda.provision(functionOf(source, { layers: layersOf('sharp'), timeoutSeconds: 7 }));
    const [good, alsoGood] = await Promise.all(['{}', '{}'].map((event) => running.lambda.invoke('work', event)));
    expect([good?.payload, alsoGood?.payload]).toEqual([JSON.stringify(SCALED), JSON.stringify(SCALED)]);
    const stuck = running.lambda.invoke('work', '{"stuck":true}');
    await timers.waitingFor(7_000);
    timers.fire(7_000);
    expect((await stuck).payload).toContain('Task timed out after 7.00 seconds');
    expect((await running.lambda.invoke('work', '{}')).payload).toBe(JSON.stringify(SCALED));
  });

  it('come after what is in the archive', async () => {
    const code = zip({
      'index.mjs': `import sharp from 'sharp'; export const handler = async () => sharp;`,
      'node_modules/sharp/index.js': `module.exports = 'from the archive';`,
      'package.json': '{}',
    });
    expect(await run('', { code })).toBe('from the archive');
  });

  it('may import what they depend on, which the function itself may not', async () => {
    expect(await run(`import libc from 'detect-libc'; export const handler = async () => libc;`)).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: expect.stringContaining("Cannot find module 'detect-libc' in the function's archive or layers"),
    });
  });

  it.each([
    ['by name', `await import('esbuild')`],
    ['by require', `createRequire(import.meta.url)('esbuild')`],
    ['by the path of the project', `createRequire(${JSON.stringify(join(PROJECT, 'package.json'))})('esbuild')`],
    [
      'by the path of the package',
      `createRequire(${JSON.stringify(join(PROJECT, 'node_modules/sharp/package.json'))})('esbuild')`,
    ],
    ['by a path in it', `await import(${JSON.stringify(join(PROJECT, 'node_modules/esbuild/lib/main.js'))})`],
    ['by a way out of the package', `await import('sharp/../esbuild/lib/main.js')`],
  ])('are all that is reached: another installed package is not, %s', async (_how, expression) => {
    const source = `import { createRequire } from 'node:module';
      export const handler = async () => {
        try { ${expression}; return 'reached'; } catch (error) { return error.code; }
      };`;
    expect(await run(source)).toMatch(
      /^(ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|ERR_PACKAGE_PATH_NOT_EXPORTED|ERR_UNSUPPORTED_DIR_IMPORT|ERR_INVALID_MODULE_SPECIFIER)$/,
    );
  });

  it('are not there for a function without the layer', async () => {
    expect(await run(`import sharp from 'sharp'; ${SCALES}`, { layers: undefined })).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
    });
  });

  it('are told by their layer in the configuration of the function', async () => {
    running.lambda.provision(functionOf(`export const handler = async () => 1;`, { layers: layersOf('sharp') }));
    const input = { FunctionName: 'work' };
    expect(await running.lambda.call('GetFunctionConfiguration', input, { arn: 'root' })).toMatchObject({
      Layers: [{ Arn: ARN }],
    });
  });

  it.each([
    [
      layersOf('not-installed-here'),
      'the package not-installed-here, which stands for one of its layers, is not installed: npm install not-installed-here',
    ],
    [layersOf('../../etc'), '"../../etc" is not the name of a package'],
    [{ ...layersOf('sharp'), arns: Array.from({ length: 6 }, () => ARN) }, '6 layers; a function may have 5'],
  ])('stop the start when they cannot be: %j', (layers, message) => {
    const definition = functionOf(`export const handler = async () => 1;`, { layers });
    expect(() => running.lambda.provision(definition)).toThrow(`api.aws_lambda_function.work: ${message}`);
  });
});
