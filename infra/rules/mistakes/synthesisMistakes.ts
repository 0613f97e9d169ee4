import { readConfig } from '../../config.ts';
import { readSchema } from '../../schema.ts';
import { stages } from '../../stages.ts';
import { synthesizer } from '../../synthesize.ts';
import { config, folderWith, resolverText, smallFiles, smallSchema, smallWiring } from '../../testing/application.ts';
import type { Wiring } from '../../wiring.ts';

/** A mistake in the sources or in the configuration that ends the synthesis. */
export interface SynthesisMistake {
  readonly title: string;
  /** All that it says. */
  readonly line: string;
  readonly make: () => Promise<unknown>;
}

interface Sources {
  readonly files?: Readonly<Record<string, string>>;
  readonly wiring?: Partial<Wiring>;
  readonly schema?: string;
}

/** The small application with changes, synthesized. */
async function synthesize({ files = {}, wiring = {}, schema = smallSchema }: Sources): Promise<unknown> {
  const root = folderWith({ ...smallFiles, ...files });
  const synth = synthesizer({ config, root, wiring: { ...smallWiring, ...wiring }, readSchema: () => schema });
  try {
    return await synth.synthesize();
  } finally {
    await synth.dispose();
  }
}

export const synthesisMistakes: readonly SynthesisMistake[] = [
  {
    title: 'the schema is not GraphQL',
    line: 'error schema/post.graphql:2:8 Syntax Error: Expected ":", found Name "String".',
    make: async () => readSchema(folderWith({ 'schema/post.graphql': 'type Query {\n  post String\n}\n' })),
  },
  {
    title: 'a resolver is not JavaScript',
    line: 'error resolvers/Query.post.ts:7:7 Expected identifier but found "="',
    make: () => synthesize({ files: { 'resolvers/Query.post.ts': `${resolverText}const = 1;\n` } }),
  },
  {
    title: 'a resolver imports what is not there',
    line: 'error resolvers/Query.post.ts:1:35 Could not resolve "./shared/none.ts"',
    make: () =>
      synthesize({ files: { 'resolvers/Query.post.ts': "export { request, response } from './shared/none.ts';\n" } }),
  },
  {
    title: 'a field of the schema is answered by nothing',
    line: 'error Subscription.posted is in the schema and has no row in infra/resolvers.ts',
    make: () => synthesize({ schema: `${smallSchema}type Subscription { posted: String }\n` }),
  },
  {
    title: 'a row answers a field that is not in the schema',
    line: 'error Query.pots has a row in infra/resolvers.ts and is not in the schema',
    make: () =>
      synthesize({
        wiring: { resolvers: { ...smallWiring.resolvers, 'Query.pots': { dataSource: 'none' } } },
        files: { 'resolvers/Query.pots.ts': resolverText },
      }),
  },
  {
    title: 'a file answers a field that no row names',
    line: 'error resolvers/Query.posts.ts has no row in infra/resolvers.ts',
    make: () => synthesize({ files: { 'resolvers/Query.posts.ts': resolverText } }),
  },
  {
    title: 'the rung does not exist',
    line: 'error rung "users++++++" does not exist: the rungs are users, users+, users++, users+++, users++++, users+++++',
    make: async () => readConfig(['--rung', 'users++++++'], {}),
  },
  {
    title: 'a rung needs a domain and is given none',
    line: 'error rung "users+" is served from a domain of its own: set HIROBA_DOMAIN to one that you registered, or use --rung users',
    make: async () => readConfig(['--rung', 'users+'], {}),
  },
  {
    title: 'two stages of one account would have the same names',
    line: 'error stages "staging" and "prod" may share an account and name things "hiroba-prod-..." and "hiroba-prod-...": change a namePrefix or an accountId in infra/stages.ts',
    make: async () =>
      readConfig([], {}, { ...stages, staging: { ...stages.staging, namePrefix: stages.prod.namePrefix } }),
  },
];
