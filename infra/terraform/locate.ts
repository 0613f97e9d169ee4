import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The variables that say where Terraform and its providers are. */
export interface LocateEnvironment {
  readonly PATH?: string | undefined;
  readonly HOME?: string | undefined;
  /** A folder as `terraform providers mirror DIR` writes it; first of all places looked in. */
  readonly HIROBA_TERRAFORM_MIRROR?: string | undefined;
  readonly TF_PLUGIN_CACHE_DIR?: string | undefined;
  readonly TF_CLI_CONFIG_FILE?: string | undefined;
}

export interface Terraform {
  readonly binary: string;
  /** The folder that has `registry.terraform.io/`. */
  readonly mirror: string;
  /** The newest version of hashicorp/aws in it. */
  readonly providerVersion: string;
}

export type Located = { readonly terraform: Terraform } | { readonly skipped: string };

const PROVIDER = join('registry.terraform.io', 'hashicorp', 'aws');

/** What provider folders of Terraform's own conventions are under; the last are where packages put themselves. */
const IMPLIED_MIRRORS = [
  '/usr/local/share/terraform/plugins',
  '/usr/share/terraform/plugins',
  '/usr/local/share',
  '/usr/local/lib',
  '/opt',
] as const;

/**
 * Terraform and the AWS provider on this machine, without the network; or why the checks that need them cannot run.
 * Places: https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 */
export function locate(environment: LocateEnvironment): Located {
  const binary = onPath(environment.PATH ?? '', 'terraform');
  if (!binary) return { skipped: 'there is no terraform on PATH' };
  const named = environment.HIROBA_TERRAFORM_MIRROR;
  const places = named ? [named] : mirrorPlaces(environment);
  for (const mirror of places) {
    const [providerVersion] = providerVersions(mirror);
    if (providerVersion) return { terraform: { binary, mirror, providerVersion } };
  }
  const looked = named ? `in ${named}` : 'where Terraform keeps providers';
  return {
    skipped: `no hashicorp/aws for this machine ${looked}: \`terraform providers mirror DIR\` makes one, HIROBA_TERRAFORM_MIRROR=DIR names it`,
  };
}

function mirrorPlaces(environment: LocateEnvironment): string[] {
  const home = environment.HOME ?? homedir();
  const config = environment.TF_CLI_CONFIG_FILE ?? join(home, '.terraformrc');
  const stated = [environment.TF_PLUGIN_CACHE_DIR, ...pathsIn(config)].filter((path) => path !== undefined);
  const own = [join(home, '.terraform.d', 'plugins'), join(home, '.terraform.d', 'plugin-cache')];
  const xdg = join(home, '.local', 'share', 'terraform', 'plugins');
  const implied = IMPLIED_MIRRORS.flatMap((path) => [path, ...foldersIn(path)]);
  return [...stated, ...own, xdg, ...implied];
}

/** The folders that a CLI configuration names: `filesystem_mirror { path = "..." }` and `plugin_cache_dir = "..."`. */
function pathsIn(configFile: string): string[] {
  if (!existsSync(configFile)) return [];
  const settings = readFileSync(configFile, 'utf8').replaceAll(/^\s*(#|\/\/).*$/gm, '');
  return [...settings.matchAll(/\b(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"/g)].map(([, path = '']) => path);
}

/** Newest first, only those unpacked for this machine, which is how `init` links them in no time. */
function providerVersions(mirror: string): string[] {
  const platform = terraformPlatform();
  return foldersIn(join(mirror, PROVIDER))
    .map((path) => path.slice(join(mirror, PROVIDER).length + 1))
    .filter((version) => /^\d+\.\d+\.\d+$/.test(version) && isFolder(join(mirror, PROVIDER, version, platform)))
    .sort((a, b) => compareVersions(b, a));
}

/** `linux_amd64`, as Terraform writes it. */
function terraformPlatform(): string {
  const architecture = { x64: 'amd64', ia32: '386' }[process.arch as string] ?? process.arch;
  return `${process.platform === 'win32' ? 'windows' : process.platform}_${architecture}`;
}

/** Negative, zero or positive, by major, minor and patch as numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (const at of [0, 1, 2]) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function onPath(path: string, name: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, file))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path)
      .sort()
      .map((name) => join(path, name))
      .filter(isFolder);
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
