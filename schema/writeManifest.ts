import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { mergeSchema, type SchemaFile } from './merge.ts';
import { type Manifest, persistedOperations } from './persistedOperations.ts';

/** `npm run operations`: writes operations/manifest.json, which clients and the CDN's origin are built with. */

const FOLDER = import.meta.dirname;
export const MANIFEST = join(FOLDER, 'operations/manifest.json');

/** The manifest of the files as they are. */
export function currentManifest(): Manifest {
  return persistedOperations(buildSchema(sdl()), graphqlFiles(join(FOLDER, 'operations')));
}

/** Its bytes. */
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

function sdl(): string {
  const files = graphqlFiles(FOLDER);
  const declarations = files.filter(({ path }) => path === 'appsync.graphql');
  const merged = mergeSchema(files.filter(({ path }) => path !== 'appsync.graphql'));
  return [...declarations.map(({ text }) => text), merged].join('\n');
}

function graphqlFiles(folder: string): SchemaFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return names.sort().map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

if (process.argv[1] === import.meta.filename) writeFileSync(MANIFEST, manifestText(currentManifest()));
