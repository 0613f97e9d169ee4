import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';
import ts from 'typescript';
import type { Contract } from '../contract/contract.ts';
import { scalarTypes } from './schemaFiles.ts';

const config = {
  enumsAsTypes: true,
  enumType: 'string-literal',
  scalars: scalarTypes,
  strictScalars: true,
  skipTypename: false,
  useTypeImports: true,
  dedupeFragments: true,
  emitLegacyCommonJSImports: false,
} as const;

/** The types of the whole contract, as TypeScript declares them. */
export async function schemaTypes(contract: Pick<Contract, 'sdl' | 'schema'>): Promise<string> {
  return generated(contract, [], { typescript: {} });
}

/** Types of each persisted operation, and its document with them. */
export async function operationModule(contract: Contract): Promise<{ readonly js: string; readonly dts: string }> {
  const documents = contract.operations.map(({ path, document }) => ({ location: path, document }));
  const source = await generated(contract, documents, { 'typescript-operations': {}, 'typed-document-node': {} });
  return { js: javaScript(source), dts: declarations(source) };
}

const plugins = {
  typescript,
  'typescript-operations': typescriptOperations,
  'typed-document-node': typedDocumentNode,
} as const;

function generated(
  { schema, sdl }: Pick<Contract, 'sdl' | 'schema'>,
  documents: readonly { readonly location: string; readonly document: Contract['operations'][number]['document'] }[],
  chosen: Partial<Record<keyof typeof plugins, object>>,
): Promise<string> {
  return codegen({
    filename: 'types.ts',
    schema: parse(sdl),
    schemaAst: schema,
    documents: [...documents],
    config,
    plugins: Object.entries(chosen).map(([name, options]) => ({ [name]: options })),
    pluginMap: plugins as never,
    skipDocumentsValidation: true,
  });
}

const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, declaration: true } as const;

const javaScript = (source: string): string => ts.transpileModule(source, { compilerOptions }).outputText;

function declarations(source: string): string {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(source, {
    compilerOptions,
    reportDiagnostics: true,
  });
  const [problem] = diagnostics;
  if (problem) throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
  return outputText;
}
