import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type TypeScript from 'typescript';

import { isModuleName, type ModuleName } from '../modules.ts';

export type { TypeScript };

/** One module, and what the compiler says of it. */
export interface CheckedModule {
  readonly file: TypeScript.SourceFile;
  readonly diagnostics: readonly TypeScript.Diagnostic[];
}

const require = createRequire(import.meta.url);
/** Where the declarations of `@aws-appsync/utils` are: nothing else is read from the disk. */
const UTILS = dirname(require.resolve('@aws-appsync/utils/package.json'));
const DECLARATIONS: Readonly<Record<ModuleName, string>> = {
  '@aws-appsync/utils': join(UTILS, 'lib', 'index.d.ts'),
  '@aws-appsync/utils/dynamodb': join(UTILS, 'dynamodb.d.ts'),
  '@aws-appsync/utils/rds': join(UTILS, 'rds.d.ts'),
  '@aws-appsync/utils/ai': join(UTILS, 'ai.d.ts'),
};
const BUILT_INS = '/built-ins.d.ts';

/** What the answers depend on besides the code. */
export function versionsOf(): string {
  const { version } = require('@aws-appsync/utils/package.json') as { version: string };
  const compiler = require('typescript/package.json') as { version: string };
  return `${compiler.version} ${version} ${builtIns()}`;
}

export interface Compiler {
  readonly ts: typeof TypeScript;
  /** All modules in one program: what the declarations mean is then worked out once. */
  check(codes: readonly string[]): CheckedModule[];
}

/** Loads TypeScript, which takes about half a second. */
export function createCompiler(): Compiler {
  const ts = require('typescript') as typeof TypeScript;
  const options: TypeScript.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noEmit: true,
    noLib: true,
    skipLibCheck: true,
    // AppSync infers types as `// @ts-check` does, without strictness: parameters are `any`, null is in every type.
    strict: false,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  };
  const declarations = new Map<string, TypeScript.SourceFile | undefined>();

  const declarationFile = (path: string): TypeScript.SourceFile | undefined => {
    if (!declarations.has(path)) {
      const text = path === BUILT_INS ? builtIns() : readUtils(path);
      declarations.set(path, text === undefined ? undefined : ts.createSourceFile(path, text, options.target ?? 99));
    }
    return declarations.get(path);
  };

  return {
    ts,
    check(codes) {
      const modules = new Map(
        codes.map((code, index) => {
          const path = `/modules/${index}.js`;
          return [path, ts.createSourceFile(path, code, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS)];
        }),
      );
      const fileAt = (path: string) => modules.get(path) ?? declarationFile(path);
      const program = ts.createProgram({
        rootNames: [BUILT_INS, DECLARATIONS['@aws-appsync/utils'], ...modules.keys()],
        options,
        host: {
          getSourceFile: fileAt,
          fileExists: (path) => fileAt(path) !== undefined,
          readFile: (path) => fileAt(path)?.text,
          getDefaultLibFileName: () => BUILT_INS,
          resolveModuleNameLiterals: (literals, importer) =>
            literals.map(({ text }) => ({ resolvedModule: resolved(ts, text, importer) })),
          writeFile: () => undefined,
          getCurrentDirectory: () => '/',
          getCanonicalFileName: (path) => path,
          useCaseSensitiveFileNames: () => true,
          getNewLine: () => '\n',
        },
      });
      return [...modules.values()].map((file) => {
        const syntax = program.getSyntacticDiagnostics(file);
        return { file, diagnostics: syntax.length > 0 ? syntax : program.getSemanticDiagnostics(file) };
      });
    },
  };
}

/** AppSync's modules, and what their declarations import of each other. */
function resolved(ts: typeof TypeScript, name: string, importer: string): TypeScript.ResolvedModuleFull | undefined {
  const isInside = importer.startsWith(UTILS) && name.startsWith('.');
  const path = isInside ? `${join(dirname(importer), name)}.d.ts` : isModuleName(name) ? DECLARATIONS[name] : undefined;
  return path === undefined ? undefined : { resolvedFileName: path, extension: ts.Extension.Dts };
}

function readUtils(path: string): string | undefined {
  if (!path.startsWith(UTILS)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

let text: string | undefined;
function builtIns(): string {
  text ??= readFileSync(new URL('./builtIns.txt', import.meta.url), 'utf8');
  return text;
}
