import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig, type Config } from '../config.ts';
import type { Wiring } from '../wiring.ts';

export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** A day in the fourth quarter of 2026. */
export const config: Config = { ...readConfig(['--outdir', 'unused'], {}), now: new Date('2026-11-22T10:00:00Z') };

/** Writes files, by relative path, into a new temporary folder that finds the repository's packages. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'hiroba-infra-test-'));
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of Object.entries(files)) write(root, path, text);
  return root;
}

export function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

export const resolverText = `export function request() {\n  return {};\n}\nexport function response(ctx: { result: unknown }) {\n  return ctx.result;\n}\n`;

/** The smallest application: one query through a pipeline, one handler. */
export const smallWiring: Wiring = {
  dataSources: {
    posts_read: {
      type: 'dynamodb',
      table: 'posts',
      grants: [{ table: 'posts', actions: ['GetItem', 'Query'], indexes: ['byTag'] }],
    },
    none: { type: 'none' },
  },
  functions: { loadPost: { dataSource: 'posts_read' } },
  resolvers: { 'Query.post': { pipeline: ['loadPost'] }, 'Mutation.publishPost': { dataSource: 'none' } },
  lambdaFunctions: {
    counters: {
      streams: [{ table: 'edges', filters: [{ eventName: ['INSERT'] }], batchSize: 100, windowSeconds: 1 }],
      grants: [{ table: 'posts', actions: ['UpdateItem'] }],
      publishes: ['publishPost'],
    },
  },
};

export const smallSchema = 'type Query { post(id: ID!): String }\ntype Mutation { publishPost: String }\n';

export const smallFiles = {
  'resolvers/Query.post.ts': resolverText,
  'resolvers/Mutation.publishPost.ts': resolverText,
  'resolvers/functions/loadPost.ts': resolverText,
  'lambdas/counters/handler.ts': 'export async function handler() {\n  return { batchItemFailures: [] };\n}\n',
} as const;
