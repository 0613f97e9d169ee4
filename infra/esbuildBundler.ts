import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  context,
  type BuildContext,
  type BuildFailure,
  type BuildOptions,
  type Message,
  type OutputFile,
} from 'esbuild';
import { SynthError, type Problem } from './synthError.ts';

/** Sources to bundle and the name of each bundle. */
export interface BundleInput {
  /** The repository; files are relative to it. */
  readonly root: string;
  /** Name of the bundle to source file: `Query.post` to `resolvers/Query.post.ts`. */
  readonly entries: Readonly<Record<string, string>>;
}

export interface Bundler {
  /** The code by the name of its entry. The first call reads everything, the next ones only what changed since. */
  build(): Promise<ReadonlyMap<string, string>>;
  dispose(): Promise<void>;
}

/** Bundles all entries in one esbuild call, to ES modules held in memory. */
export function esbuildBundler({ root, entries }: BundleInput, options: BuildOptions): Bundler {
  let started: Promise<BuildContext> | undefined;
  const start = (): Promise<BuildContext> =>
    context({
      ...options,
      absWorkingDir: root,
      entryPoints: Object.entries(entries).map(([out, file]) => ({ in: file, out })),
      // Nothing is written. The folder fixes what source maps are relative to: the repository.
      outdir: root,
      write: false,
      bundle: true,
      format: 'esm',
      treeShaking: true,
      charset: 'utf8',
      logLevel: 'silent',
    });
  return {
    async build() {
      assertEntriesExist(root, entries);
      if (Object.keys(entries).length === 0) return new Map();
      started ??= start();
      try {
        const { outputFiles } = await (await started).rebuild();
        return bundlesByName(outputFiles ?? []);
      } catch (error) {
        if (isBuildFailure(error)) throw new SynthError(error.errors.map(problemOf));
        throw error;
      }
    },
    async dispose() {
      await (await started)?.dispose();
    },
  };
}

function assertEntriesExist(root: string, entries: Readonly<Record<string, string>>): void {
  const missing = Object.entries(entries).filter(([, file]) => !existsSync(join(root, file)));
  if (missing.length === 0) return;
  throw new SynthError(
    missing.map(([name, file]) => ({ message: `${file} does not exist, and infra has a row for ${name}` })),
  );
}

function bundlesByName(files: readonly OutputFile[]): Map<string, string> {
  return new Map(files.map(({ path, text }) => [basename(path, '.js'), text]));
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<BuildFailure>).errors);
}

function problemOf({ text, location }: Message): Problem {
  // esbuild counts columns from 0.
  return location
    ? { message: text, at: { file: location.file, line: location.line, column: location.column + 1 } }
    : { message: text };
}
