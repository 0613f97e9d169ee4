import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import appsync from '@aws-appsync/eslint-plugin';
import { build } from 'esbuild';
import { ESLint, type Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functions, resolvers } from '../../infra/resolvers.ts';
import { tables } from '../../infra/tables.ts';

/**
 * What AppSync does at deployment with the bundled code: it refuses constructs outside its subset, and type-checks the
 * code as JavaScript. The sources passing says little, since the bundler may add constructs of its own.
 */

const root = join(import.meta.dirname, '../..');
const files = [
  ...Object.keys(resolvers).map((field) => join(root, 'resolvers', `${field}.ts`)),
  ...Object.keys(functions).map((step) => join(root, 'resolvers/functions', `${step}.ts`)),
];
/** The plugin's types leave open which of ESLint's formats its configurations have. */
const recommended = appsync.configs?.['recommended'] as { readonly rules: Linter.RulesRecord };
let folder: string;
let bundles: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hiroba-bundles-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const out = join(folder, 'bundles');
  mkdirSync(out);
  await build({
    entryPoints: files.map((file) => ({ in: file, out: basename(file, '.ts') })),
    outdir: out,
    bundle: true,
    format: 'esm',
    target: 'esnext',
    charset: 'utf8',
    external: ['@aws-appsync/utils'],
    define: {
      ...Object.fromEntries(Object.keys(tables).map((key) => [`TABLE.${key}`, JSON.stringify(key)])),
      ...Object.fromEntries(
        ['rung', 'region', 'build', 'siteUrl'].map((key) => [`DEPLOYMENT.${key}`, JSON.stringify(key)]),
      ),
    },
  });
  bundles = readdirSync(out).map((file) => join(out, file));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        allowJs: true,
        lib: ['es2024'],
        types: [],
        module: 'esnext',
        moduleResolution: 'bundler',
        noEmit: true,
      },
      include: ['bundles'],
    }),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the bundled resolvers', () => {
  test('are as many as the tables in infra name', () => {
    expect(bundles).toHaveLength(files.length);
  });

  test('use no construct that AppSync refuses', { timeout: 60_000 }, async () => {
    const eslint = new ESLint({
      cwd: folder,
      overrideConfigFile: true,
      allowInlineConfig: false,
      overrideConfig: [
        {
          files: ['**/*.js'],
          languageOptions: {
            parser: tseslint.parser,
            parserOptions: { project: './tsconfig.json', tsconfigRootDir: folder },
          },
          plugins: { '@aws-appsync': appsync },
          rules: recommended.rules,
        },
      ],
    });
    const results = await eslint.lintFiles(['bundles/*.js']);
    const findings = results.flatMap(({ filePath, messages }) =>
      messages.map(({ line, message }) => `${basename(filePath)}:${line} ${message}`),
    );
    expect(results).toHaveLength(files.length);
    expect(findings).toEqual([]);
  });

  test('pass a type check as plain JavaScript', { timeout: 60_000 }, () => {
    const program = ts.createProgram(bundles, {
      allowJs: true,
      checkJs: true,
      lib: ['lib.es2024.d.ts'],
      types: [],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ESNext,
      noEmit: true,
      skipLibCheck: true,
    });
    const findings = ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file, messageText }) =>
          `${basename(file?.fileName ?? '')} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      );
    expect(findings).toEqual([]);
  });
});
