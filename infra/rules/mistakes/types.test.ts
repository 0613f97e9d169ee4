import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { typeMistakes } from './typeMistakes.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const fileOf = (at: number): string => join(folder, `mistake${at}.ts`);

/** One program of all mistakes, each a file that exists in memory only. */
function messagesByFile(sources: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const configFile = join(folder, '../../../tsconfig.base.json');
  const read = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path));
  const { options } = ts.convertCompilerOptionsFromJson(
    {
      ...(read.config as { compilerOptions: object }).compilerOptions,
      lib: ['es2024', 'esnext.disposable'],
      types: [],
    },
    folder,
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  const program = ts.createProgram([...sources.keys()], options, host);
  return new Map(
    [...sources.keys()].map((path) => {
      const diagnostics = program.getSemanticDiagnostics(program.getSourceFile(path));
      return [path, diagnostics.map(({ messageText }) => firstLine(messageText))];
    }),
  );
}

function firstLine(message: string | ts.DiagnosticMessageChain): string {
  return ts.flattenDiagnosticMessageText(message, '\n').split('\n')[0] ?? '';
}

describe('a mistake in the program', () => {
  let messages: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    messages = messagesByFile(new Map(typeMistakes.map(({ source }, at) => [fileOf(at), source])));
  });

  test.each(typeMistakes.map(({ title }, at) => [title, at] as const))('%s: tsc says so', (_title, at) => {
    const expected = typeMistakes[at]?.message ?? '';
    expect(messages.get(fileOf(at))?.map((message) => message.slice(0, expected.length))).toEqual([expected]);
  });
});
