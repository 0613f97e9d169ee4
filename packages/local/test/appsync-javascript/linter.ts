import appsync from '@aws-appsync/eslint-plugin';
import { Linter } from 'eslint';
import ts from 'typescript';
import { parser } from 'typescript-eslint';

const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts'],
  types: [],
  // Or the names of one snippet would be seen in the others.
  moduleDetection: ts.ModuleDetectionKind.Force,
};

const RULES = Object.fromEntries(
  Object.keys(appsync.rules ?? {}).map((name) => [`@aws-appsync/${name}`, 'error' as const]),
);

/** What all 22 rules of AWS's linter, those with types included, say of each module: names without `@aws-appsync/`, sorted. */
export function linterFindings(codes: readonly string[]): readonly (readonly string[])[] {
  const files = new Map(codes.map((code, index) => [`/modules/${index}.js`, code]));
  const host = ts.createCompilerHost(OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const code = files.get(path);
    return code === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, code, version, true);
  };
  const program = ts.createProgram([...files.keys()], OPTIONS, host);
  const linter = new Linter({ configType: 'flat', cwd: '/modules' });
  return [...files].map(([path, code]) => {
    const messages = linter.verify(
      code,
      {
        files: ['**/*.js'],
        languageOptions: { parser, parserOptions: { programs: [program] } },
        plugins: { '@aws-appsync': appsync },
        rules: RULES,
      },
      { filename: path },
    );
    const broken = messages.find(({ ruleId }) => ruleId === null);
    if (broken) throw new Error(`${broken.message} in ${code}`);
    return [...new Set(messages.map(({ ruleId }) => ruleId?.replace('@aws-appsync/', '') ?? ''))].sort();
  });
}
