import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const pageFolder = join(import.meta.dirname, 'page');

/** The files of the GraphiQL page by name, as `main.js`. */
export type ConsoleFiles = ReadonlyMap<string, Buffer>;

/**
 * Bundles GraphiQL and its workers from the npm packages, so that the page needs no other host. Takes seconds the first
 * time; the result is kept in `cacheFolder` under a name made of the versions and the page's sources.
 */
export async function buildConsole(cacheFolder: string): Promise<ConsoleFiles> {
  const target = join(cacheFolder, `console-${await version()}`);
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`;
    await mkdir(unfinished, { recursive: true });
    await bundle(unfinished);
    await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true }));
  }
  const names = await readdir(target);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(target, name))] as const)));
}

async function bundle(outdir: string): Promise<void> {
  await build({
    entryPoints: {
      main: join(pageFolder, 'main.tsx'),
      'editor.worker': require.resolve('monaco-editor/esm/vs/editor/editor.worker.js'),
      'json.worker': require.resolve('monaco-editor/esm/vs/language/json/json.worker.js'),
      'graphql.worker': require.resolve('monaco-graphql/esm/graphql.worker.js'),
    },
    outdir,
    bundle: true,
    format: 'esm',
    minify: true,
    target: 'es2022',
    jsx: 'automatic',
    // npm may hoist parts of GraphiQL to where another React lies; two copies in one page break hooks.
    alias: { react: packageFolder('react'), 'react-dom': packageFolder('react-dom') },
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.NODE_DEBUG': 'undefined' },
    legalComments: 'none',
    logLevel: 'silent',
  });
}

const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

async function version(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['graphiql', 'monaco-editor', 'monaco-graphql', 'react']) {
    hash.update(await readFile(require.resolve(`${name}/package.json`)));
  }
  hash.update(await readFile(import.meta.filename));
  for (const file of (await readdir(pageFolder)).sort()) hash.update(await readFile(join(pageFolder, file)));
  return hash.digest('hex').slice(0, 16);
}
