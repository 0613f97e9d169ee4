/** What front ends install. */
export const PACKAGE = '@hiroba/api';

const entry = (name: string): object => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
const files = ['introspection', 'possible-types', 'scalars', 'errors', 'auth-matrix', 'persisted'];

export const packageJson = (version: string): object => ({
  name: PACKAGE,
  version,
  description: "Hiroba's GraphQL contract: schema, types, typed operations and configuration for front ends.",
  license: 'Apache-2.0',
  type: 'module',
  sideEffects: false,
  exports: {
    './types': entry('types'),
    './operations': entry('operations'),
    './amplify': entry('amplify'),
    './tada': entry('tada'),
    './local-config': entry('local-config'),
    './schema.graphql': './schema.graphql',
    './schema.public.graphql': './schema.public.graphql',
    ...Object.fromEntries(files.map((name) => [`./${name}.json`, `./${name}.json`])),
    './package.json': './package.json',
  },
  dependencies: { '@graphql-typed-document-node/core': '^3.2.0' },
  peerDependencies: { graphql: '^16.0.0' },
});
