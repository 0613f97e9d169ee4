import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AwsError } from '../../aws/error.ts';

/** What stands here for the layers of a function: the Terraform has their ARNs and not their content. */
export interface LayerSettings {
  /** With versions. */
  readonly arns: readonly string[];
  /** Names of packages that are installed where `from` is. */
  readonly packages: readonly string[];
  /** The folder of the project that has them installed. */
  readonly from: string;
}

/** What a worker may import beside the archive. Everything is a path of this machine, links resolved. */
export interface OpenedLayers {
  readonly packages: readonly string[];
  /** A file of the project, as the one that imports. */
  readonly importer: string;
  /** The folders of the packages and of all that they depend on. */
  readonly roots: readonly string[];
}

export const NO_LAYERS: OpenedLayers = { packages: [], importer: '', roots: [] };

/** "You can add up to five layers to a function." */
const MAX_LAYERS = 5;

/** What npm allows, and nothing that is a path. */
const PACKAGE_NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/**
 * Finds the packages and what they depend on, as Node would.
 *
 * Throws `AwsError` `InvalidParameterValueException` with the Terraform address when a package is not installed.
 */
export function openLayers({ arns, packages, from }: LayerSettings, address: string): OpenedLayers {
  if (arns.length > MAX_LAYERS) throw invalid(address, `${arns.length} layers; a function may have ${MAX_LAYERS}`);
  const roots = new Set<string>();
  for (const name of packages) {
    if (!PACKAGE_NAME.test(name)) throw invalid(address, `"${name}" is not the name of a package`);
    const root = findPackage(name, from);
    if (root === null) {
      throw invalid(
        address,
        `the package ${name}, which stands for one of its layers, is not installed: npm install ${name}`,
      );
    }
    collect(root, roots);
  }
  return { packages, importer: join(from, 'package.json'), roots: [...roots] };
}

function collect(root: string, roots: Set<string>): void {
  if (roots.has(root)) return;
  roots.add(root);
  const { dependencies, optionalDependencies, peerDependencies } = manifestOf(root);
  // A platform has only some of the optional ones.
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
    const found = PACKAGE_NAME.test(name) ? findPackage(name, root) : null;
    if (found !== null) collect(found, roots);
  }
}

function findPackage(name: string, from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    try {
      return realpathSync(dirname(realpathSync(join(folder, 'node_modules', name, 'package.json'))));
    } catch {
      if (dirname(folder) === folder) return null;
    }
  }
}

function manifestOf(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}

const invalid = (address: string, problem: string): AwsError =>
  new AwsError('InvalidParameterValueException', `${address}: ${problem}`);
