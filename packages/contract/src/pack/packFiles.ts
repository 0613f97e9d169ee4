import { introspectionFromSchema } from 'graphql';
import { accessOf } from '../access/access.ts';
import type { Matrix } from '../access/matrix.ts';
import { type Contract } from '../contract/contract.ts';
import { requireValid } from '../contract/readContract.ts';
import { budgetOf } from '../cost/budget.ts';
import { clientsOf } from '../schema/compareOperations.ts';
import { amplifyModule } from './amplify.ts';
import { localConfig } from './localConfig.ts';
import { packageJson } from './packageJson.ts';
import { readme } from './readme.ts';
import { annotatedSdl, errorsJson, possibleTypes, publicSdl, scalarTypes } from './schemaFiles.ts';
import { operationModule, schemaTypes } from './types.ts';

export interface PackOptions {
  readonly version: string;
  readonly matrix: Matrix;
  readonly changelog: string;
  readonly license: string;
}

/**
 * The files of the npm package that front ends install: path to text. The same for the same contract.
 * @throws BadInput where a persisted operation asks for what the schema does not have.
 */
export async function packFiles(contract: Contract, options: PackOptions): Promise<ReadonlyMap<string, string>> {
  requireValid(contract);
  const { schema, operations } = contract;
  const documents = await operationModule(contract);
  const amplify = amplifyModule(operations);
  const introspection = introspectionFromSchema(schema, { descriptions: false });
  return new Map([
    ['package.json', json(packageJson(options.version))],
    ['README.md', readme(operations)],
    ['CHANGELOG.md', options.changelog],
    ['LICENSE', options.license],
    ['schema.graphql', annotatedSdl(contract)],
    ['schema.public.graphql', publicSdl(contract)],
    ['introspection.json', json(introspectionFromSchema(schema))],
    ['types.d.ts', await schemaTypes(contract)],
    ['types.js', 'export {};\n'],
    ['operations.js', documents.js],
    ['operations.d.ts', documents.dts],
    ['amplify.js', amplify.js],
    ['amplify.d.ts', amplify.dts],
    ['tada.js', 'export {};\n'],
    // JSON is a type, too: of exactly that value.
    [
      'tada.d.ts',
      `export declare const introspection: ${JSON.stringify(introspection)};\nexport declare const scalars: { ${scalarMembers()} };\n`,
    ],
    ['possible-types.json', json(possibleTypes(schema))],
    ['scalars.json', json(scalarTypes)],
    ['errors.json', json(errorsJson(schema))],
    ['auth-matrix.json', json(authMatrix(contract, options.matrix))],
    ['persisted.json', json(persisted(contract))],
    ['local-config.js', localConfig.js],
    ['local-config.d.ts', localConfig.dts],
  ]);
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const scalarMembers = (): string =>
  Object.entries(scalarTypes)
    .map(([name, type]) => `${name}: ${type}`)
    .join('; ');

/** Who is let in by the schema, by field, and who may do what, by the tables that the running system is held to. */
const authMatrix = (contract: Contract, matrix: Matrix): object => ({
  fields: Object.fromEntries(accessOf(contract).fields),
  cells: Object.fromEntries([...matrix].sort()),
});

const persisted = ({ operations }: Contract): object =>
  Object.fromEntries(
    operations.map((operation) => [
      operation.name,
      {
        hash: operation.hash,
        kind: operation.kind,
        clients: clientsOf(operation),
        budget: budgetOf(operation) ?? null,
      },
    ]),
  );
