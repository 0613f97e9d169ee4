import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { App } from './aws.ts';
import { resolverBundler } from './bundle.ts';
import { checkNoOrphans, checkWiring } from './checkWiring.ts';
import type { Config } from './config.ts';
import { lambdaPackager, type LambdaPackage } from './lambdaPackages.ts';
import { name } from './naming.ts';
import { ApiStack, type ApiSources } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { EdgeStack } from './stacks/edge.ts';
import { tables } from './tables.ts';
import type { Wiring } from './wiring.ts';

/** Every file of the output folder: path, relative and with `/`, to content. */
export type OutputFiles = ReadonlyMap<string, Uint8Array>;

export interface Synthesizer {
  /**
   * Reads the sources as they are now.
   * @param changed what changed since the last call, relative to `root`; absent: anything may have.
   * @throws SynthError for what is wrong in them.
   */
  synthesize(changed?: readonly string[]): Promise<OutputFiles>;
  dispose(): Promise<void>;
}

export interface SynthesizerInput {
  readonly config: Config;
  /** The folder that has `resolvers/` and `lambdas/`. */
  readonly root: string;
  readonly wiring: Wiring;
  /** The SDL as AppSync takes it. */
  readonly readSchema: () => string;
}

/** The program from sources to Terraform JSON. It keeps what bundling has read, so that a second call is fast. */
export function synthesizer({ config, root, wiring, readSchema }: SynthesizerInput): Synthesizer {
  const tableNames = Object.fromEntries(Object.keys(tables).map((key) => [key, name(config.stage, key)]));
  // What Query.serviceStatus tells.
  const deployment = { rung: 'users', region: config.region, build: packageJson.version };
  const code = rebuiltOnChange(
    'resolvers',
    resolverBundler({ root, entries: codeEntries(wiring) }, tableNames, deployment),
  );
  const packages = rebuiltOnChange(
    'lambdas',
    lambdaPackager({
      root,
      entries: filesOf(wiring.lambdaFunctions, (key) => `lambdas/${key}/handler.ts`),
    }),
  );
  return {
    async synthesize(changed) {
      code.expect(changed);
      packages.expect(changed);
      const schema = readSchema();
      checkWiring(schema, wiring);
      checkNoOrphans(root, wiring);
      const [bundles, built] = await Promise.all([code.build(), packages.build()]);
      const sources: ApiSources = {
        ...wiring,
        schema,
        resolverCode: bundles,
        functionCode: bundles,
        lambdaPackages: new Map([...built].map(([key, made]) => [key, { ...made, path: assetPath(key, made) }])),
      };
      return new Map([...terraformJson(config, sources), ...assets(built)]);
    },
    async dispose() {
      await Promise.all([code.dispose(), packages.dispose()]);
    },
  };
}

interface Builder<T> {
  build(): Promise<T>;
  dispose(): Promise<void>;
}

/** Gives the last result again while nothing in its folder changed: bundling the SDK takes longer than all else. */
function rebuiltOnChange<T>(folder: string, builder: Builder<T>) {
  let last: { readonly result: T } | undefined;
  return {
    /** Told of every change, also of those that come to nothing because something else is wrong. */
    expect(changed: readonly string[] | undefined): void {
      if (!changed || changed.some((path) => path.startsWith(`${folder}/`))) last = undefined;
    },
    async build(): Promise<T> {
      last ??= { result: await builder.build() };
      return last.result;
    },
    dispose: () => builder.dispose(),
  };
}

/** Resolvers and functions in one esbuild call; a field has a dot in its name and a function has none. */
function codeEntries({ resolvers, functions }: Wiring): Record<string, string> {
  return {
    ...filesOf(resolvers, (field) => `resolvers/${field}.ts`),
    ...filesOf(functions, (key) => `resolvers/functions/${key}.ts`),
  };
}

function filesOf(table: Readonly<Record<string, unknown>>, file: (key: string) => string): Record<string, string> {
  return Object.fromEntries(Object.keys(table).map((key) => [key, file(key)]));
}

function assetPath(key: string, { sha256 }: LambdaPackage): string {
  return `assets/${key}/${sha256}.zip`;
}

function assets(packages: ReadonlyMap<string, LambdaPackage>): [string, Uint8Array][] {
  return [...packages].map(([key, made]) => [`stacks/api/${assetPath(key, made)}`, made.zip]);
}

/** cdktf writes where it is told to; the files are read back so that they are published together or not at all. */
function terraformJson(config: Config, sources: ApiSources): [string, Uint8Array][] {
  const folder = mkdtempSync(join(tmpdir(), 'hiroba-synth-'));
  try {
    const app = new App({ outdir: folder, stackTraces: false });
    const data = new DataStack(app, config);
    new ApiStack(app, config, data, sources);
    new EdgeStack(app, config, data);
    app.synth();
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name));
    return paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
