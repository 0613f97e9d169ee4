import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type TypeScript from 'typescript';

import { isModuleName, type ModuleName } from '../modules.ts';

export type { TypeScript };

/** One module, and what the compiler says of it. */
export interface CheckedModule {
  readonly file: TypeScript.SourceFile;
  readonly diagnostics: readonly TypeScript.Diagnostic[];
  /**
   * Whether the type that is asked for at a place was not inferred from the code: that of an argument of AppSync's own functions, or of
   * a result that a comment describes.
   */
  isDeclared(position: number): boolean;
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

/** What the answers depend on besides the code: the compiler, the declarations, and how the files beside this one use them. */
export function versionsOf(): string {
  const versions = ['@aws-appsync/utils', 'typescript'].map(
    (name) => (require(`${name}/package.json`) as { version: string }).version,
  );
  const files = readdirSync(import.meta.dirname).sort();
  return [...versions, ...files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))].join('\n');
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
    // A module without exports is one all the same, or its names would be seen in the others.
    moduleDetection: ts.ModuleDetectionKind.Force,
  };
  const declarations = new Map<string, TypeScript.SourceFile>();

  return {
    ts,
    check(codes) {
      const modules = new Map(codes.map((code, index) => [`/modules/${index}.js`, code]));
      const textAt = (path: string) => modules.get(path) ?? declarationAt(path);
      const program = ts.createProgram({
        rootNames: [BUILT_INS, DECLARATIONS['@aws-appsync/utils'], ...modules.keys()],
        options,
        host: {
          getSourceFile(path, version) {
            const text = textAt(path);
            if (text === undefined) return undefined;
            const file = declarations.get(path) ?? ts.createSourceFile(path, text, version);
            if (!modules.has(path)) declarations.set(path, file);
            return file;
          },
          fileExists: (path) => textAt(path) !== undefined,
          readFile: textAt,
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
      return [...modules.keys()].flatMap((path) => {
        const file = program.getSourceFile(path);
        if (!file) return [];
        const syntax = program.getSyntacticDiagnostics(file);
        return {
          file,
          diagnostics: syntax.length > 0 ? syntax : program.getSemanticDiagnostics(file),
          isDeclared: (position) => isDeclared(ts, program.getTypeChecker(), file, position),
        };
      });
    },
  };
}

function isDeclared(
  ts: typeof TypeScript,
  checker: TypeScript.TypeChecker,
  node: TypeScript.Node,
  position: number,
): boolean {
  const isAt = ({ pos, end }: TypeScript.TextRange) => pos <= position && position < end;
  if (ts.isCallExpression(node) && isAt(node.arguments)) {
    const declaration = checker.getResolvedSignature(node)?.declaration;
    if (declaration?.getSourceFile().fileName.startsWith(UTILS)) return true;
  }
  if (ts.isReturnStatement(node)) {
    const around = ts.findAncestor(node, ts.isFunctionLike);
    if (around && ts.getJSDocReturnType(around)) return true;
  }
  return ts.forEachChild(node, (child) => isAt(child) && isDeclared(ts, checker, child, position)) ?? false;
}

function declarationAt(path: string): string | undefined {
  return path === BUILT_INS ? builtIns() : readUtils(path);
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
