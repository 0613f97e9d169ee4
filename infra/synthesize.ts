import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { App } from './aws.ts';
import { resolverBundler } from './bundle.ts';
import { checkNoOrphans, checkWiring, handlerNames } from './checkWiring.ts';
import type { Config } from './config.ts';
import { lambdaPackager, type LambdaPackage, type LambdaPackager } from './lambdaPackages.ts';
import { name } from './naming.ts';
import { isOperationsFunction } from './operationsFunctions.ts';
import { readPages, type Pages } from './pages.ts';
import { ApiStack, type ApiSources } from './stacks/api.ts';
import { BootstrapStack } from './stacks/bootstrap.ts';
import { DataStack } from './stacks/data.ts';
import { EdgeStack } from './stacks/edge.ts';
import { ObservabilityStack } from './stacks/observability.ts';
import { tables } from './tables.ts';
import { withoutTokenStacks } from './tokenStacks.ts';
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
  /** The folder that has `resolvers/`, `lambdas/` and `pages/`. */
  readonly root: string;
  readonly wiring: Wiring;
  /** The SDL as AppSync takes it. */
  readonly readSchema: () => string;
  /** Packs handlers that were packed elsewhere; absent: those of `root`. */
  readonly packages?: LambdaPackager;
}

/** The program from sources to Terraform JSON. It keeps what bundling has read, so that a second call is fast. */
export function synthesizer({ config, root, wiring, readSchema, ...shared }: SynthesizerInput): Synthesizer {
  const tableNames = Object.fromEntries(Object.keys(tables).map((key) => [key, name(config.namePrefix, key)]));
  // What Query.serviceStatus tells.
  const siteUrl = config.domain === undefined ? '' : `https://${config.domain}`;
  const deployment = { rung: config.rung, region: config.region, build: packageJson.version, siteUrl };
  const code = rebuiltOnChange(
    ['resolvers/'],
    resolverBundler({ root, entries: codeEntries(wiring) }, tableNames, deployment),
  );
  const packages = rebuiltOnChange(
    // The operations' manifest is bundled into the function that answers them.
    ['lambdas/', 'schema/operations/'],
    shared.packages ?? lambdaPackager({ root, entries: handlerEntries(wiring) }),
  );
  return {
    async synthesize(changed) {
      code.expect(changed);
      packages.expect(changed);
      const schema = readSchema();
      const pages = readPages(root);
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
      return new Map([...terraformJson(config, sources, pages), ...assets(built)]);
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

/** Gives the last result again while nothing in its folders changed: bundling the SDK takes longer than all else. */
function rebuiltOnChange<T>(folders: readonly string[], builder: Builder<T>) {
  let last: { readonly result: T } | undefined;
  return {
    /** Told of every change, also of those that come to nothing because something else is wrong. */
    expect(changed: readonly string[] | undefined): void {
      if (!changed || changed.some((path) => folders.some((folder) => path.startsWith(folder)))) last = undefined;
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

/** The source file of each handler. */
export function handlerEntries(wiring: Parameters<typeof handlerNames>[0]): Record<string, string> {
  return Object.fromEntries(handlerNames(wiring).map((key) => [key, `lambdas/${key}/handler.ts`]));
}

function filesOf(table: Readonly<Record<string, unknown>>, file: (key: string) => string): Record<string, string> {
  return Object.fromEntries(Object.keys(table).map((key) => [key, file(key)]));
}

function assetPath(key: string, { sha256 }: LambdaPackage): string {
  return `assets/${key}/${sha256}.zip`;
}

function assets(packages: ReadonlyMap<string, LambdaPackage>): [string, Uint8Array][] {
  const stackOf = (key: string) => (isOperationsFunction(key) ? 'observability' : 'api');
  return [...packages].map(([key, made]) => [`stacks/${stackOf(key)}/${assetPath(key, made)}`, made.zip]);
}

/** cdktf writes where it is told to; the files are read back so that they are published together or not at all. */
function terraformJson(config: Config, sources: ApiSources, pages: Pages): [string, Uint8Array][] {
  const folder = mkdtempSync(join(tmpdir(), 'hiroba-synth-'));
  try {
    withoutTokenStacks(() => {
      const app = new App({ outdir: folder, stackTraces: false });
      if (config.stateBucket) new BootstrapStack(app, config, config.stateBucket);
      const data = new DataStack(app, config, pages);
      const api = new ApiStack(app, config, data, sources);
      const edge = new EdgeStack(app, config, { data, api });
      if (sources.operations) new ObservabilityStack(app, config, { data, api, edge }, sources.lambdaPackages);
      app.synth();
    });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name));
    return paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
