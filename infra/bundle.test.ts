import { afterEach, describe, expect, test } from 'vitest';
import { resolverBundler } from './bundle.ts';
import type { Bundler } from './esbuildBundler.ts';
import { folderWith, resolverText, write } from './testing/application.ts';

const ENTRIES = { 'Query.post': 'resolvers/Query.post.ts' };
const TABLE_NAMES = { users: 'hiroba-dev-users' };

let bundler: Bundler | undefined;
afterEach(() => bundler?.dispose());

function bundlerOf(text: string): { root: string; bundler: Bundler } {
  const root = folderWith({ 'resolvers/Query.post.ts': text });
  bundler = resolverBundler({ root, entries: ENTRIES }, TABLE_NAMES);
  return { root, bundler };
}

describe('the resolver bundler', () => {
  test('puts the table names into the code, and leaves the AppSync utilities outside', async () => {
    const { bundler } = bundlerOf(
      "import { util } from '@aws-appsync/utils';\nexport const request = () => ({ table: TABLE.users, id: util.autoUlid() });\n",
    );
    const code = (await bundler.build()).get('Query.post');
    expect(code).toContain('import { util } from "@aws-appsync/utils";');
    expect(code).toContain('table: "hiroba-dev-users"');
    expect(code).not.toContain('TABLE');
  });

  test('puts what it is told of the deployment into the code', async () => {
    const root = folderWith({ 'resolvers/Query.post.ts': 'export const response = () => DEPLOYMENT.region;\n' });
    bundler = resolverBundler({ root, entries: ENTRIES }, TABLE_NAMES, { region: 'us-east-1' });
    expect((await bundler.build()).get('Query.post')).toContain('response = () => "us-east-1"');
  });

  test('keeps template literals, optional chaining and text that is not ASCII as they are written', async () => {
    const { bundler } = bundlerOf(
      'export const response = (ctx: { result?: { id: string } }) => `広場 ${ctx.result?.id ?? ""}`;\n',
    );
    expect((await bundler.build()).get('Query.post')).toContain('`広場 ${ctx.result?.id ?? ""}`');
  });

  test('appends a source map whose sources are paths of the repository', async () => {
    const code = (await bundlerOf(resolverText).bundler.build()).get('Query.post') ?? '';
    const [, map = ''] = code.split('//# sourceMappingURL=data:application/json;base64,');
    expect(JSON.parse(Buffer.from(map, 'base64').toString())).toMatchObject({
      version: 3,
      sources: ['resolvers/Query.post.ts'],
    });
  });

  test('drops the source map where code and map together are too long', async () => {
    const lines = Array.from(
      { length: 600 },
      (_, line) => `  const v${line} = ${line} + Number(ctx.arguments.x);`,
    ).join('\n');
    const { bundler } = bundlerOf(
      `export function request(ctx: { arguments: { x: string } }) {\n${lines}\n  return { v599 };\n}\n`,
    );
    const code = (await bundler.build()).get('Query.post') ?? '';
    expect(code.length).toBeLessThanOrEqual(32_768);
    expect(code.length).toBeGreaterThan(25_000);
    expect(code).not.toContain('sourceMappingURL');
  });

  test('refuses code that is longer than AppSync takes, and names the file', async () => {
    const { bundler } = bundlerOf(`export const request = () => '${'x'.repeat(40_000)}';\n`);
    await expect(bundler.build()).rejects.toThrow(
      /^error resolvers\/Query\.post\.ts bundles to 40,\d{3} characters and AppSync takes 32,768: split it into pipeline functions$/,
    );
  });

  test('gives file, line and column of what does not parse, and builds again once it does', async () => {
    const { root, bundler } = bundlerOf('export const request = () => ({});\nexport const = 3;\n');
    await expect(bundler.build()).rejects.toThrow(
      'error resolvers/Query.post.ts:2:14 Expected identifier but found "="',
    );
    write(root, 'resolvers/Query.post.ts', 'export const request = () => ({ mended: true });\n');
    expect((await bundler.build()).get('Query.post')).toContain('mended: true');
  });

  test('gives the place of an import that leads nowhere', async () => {
    const { bundler } = bundlerOf("import { fail } from './shared/fail.ts';\nexport const request = () => fail();\n");
    await expect(bundler.build()).rejects.toThrow(
      'error resolvers/Query.post.ts:1:22 Could not resolve "./shared/fail.ts"',
    );
  });

  test('refuses what AppSync would, in its language and in types, at its place in the source', async () => {
    const { bundler, root } = bundlerOf(
      "import { count } from './count.ts';\nexport const request = () => ({ payload: new Date(), n: count() });\n",
    );
    write(root, 'resolvers/count.ts', 'export function count() {\n  let n = 1;\n  n++;\n  return n;\n}\n');
    await expect(bundler.build()).rejects.toThrow(
      'error resolvers/count.ts:3:5 @aws-appsync/no-disallowed-unary-operators: The operator ++ is not supported\n' +
        "error resolvers/Query.post.ts:2:46 TS2304: Cannot find name 'Date'.",
    );
  });

  test('names the file that a row asks for and nobody wrote', async () => {
    bundler = resolverBundler({ root: folderWith({}), entries: ENTRIES }, TABLE_NAMES);
    await expect(bundler.build()).rejects.toThrow(
      'error resolvers/Query.post.ts does not exist, and infra has a row for Query.post',
    );
  });
});
