import { join } from 'node:path';
import type { JsonObject, JsonValue } from '../json.ts';
import { confine } from './confine.ts';
import { TerraformError } from './error.ts';
import { describe, isObject, readJsonObject } from './jsonFile.ts';
import { didYouMean } from './suggest.ts';

/** A stack as cdktf's `manifest.json` lists it. */
export interface ManifestStack {
  readonly name: string;
  readonly constructPath: string;
  readonly dependencies: readonly string[];
  /** Absolute. */
  readonly directory: string;
  /** The path of `cdk.tf.json`, below the directory as it was given. */
  readonly file: string;
}

/** The stacks of a `manifest.json`, each after the stacks it depends on. */
export function readManifest(directory: string): readonly ManifestStack[] {
  const file = join(directory, 'manifest.json');
  const { stacks } = readJsonObject(file);
  if (!isObject(stacks)) {
    throw new TerraformError(
      `${file} has no object "stacks", but ${describe(stacks)}. Synthesize it again with cdktf.`,
      { file },
    );
  }
  const listed = new Map(
    Object.entries(stacks).map(([name, entry]) => [name, readEntry({ directory, file, name, entry })] as const),
  );
  return inDependencyOrder(listed, file);
}

interface ManifestEntry {
  readonly directory: string;
  readonly file: string;
  readonly name: string;
  readonly entry: JsonValue;
}

function readEntry({ directory, file, name, entry }: ManifestEntry): ManifestStack {
  if (!isObject(entry))
    throw new TerraformError(`${file}: stack ${name} must be an object, not ${describe(entry)}.`, { file });
  const dependencies = entry.dependencies ?? [];
  if (!Array.isArray(dependencies) || !dependencies.every((dependency) => typeof dependency === 'string')) {
    throw new TerraformError(`${file}: "dependencies" of stack ${name} must be a list of stack names.`, { file });
  }
  const synthesized = pathOf({ entry, key: 'synthesizedStackPath', name, file, directory });
  return {
    name,
    constructPath: typeof entry.constructPath === 'string' ? entry.constructPath : name,
    dependencies,
    directory: pathOf({ entry, key: 'workingDirectory', name, file, directory }).absolute,
    file: join(directory, synthesized.path),
  };
}

interface ManifestPath {
  readonly entry: JsonObject;
  readonly key: string;
  readonly name: string;
  readonly file: string;
  readonly directory: string;
}

function pathOf({ entry, key, name, file, directory }: ManifestPath): {
  readonly path: string;
  readonly absolute: string;
} {
  const path = entry[key];
  if (typeof path !== 'string') {
    throw new TerraformError(`${file}: stack ${name} has no string "${key}". Synthesize it again with cdktf.`, {
      file,
    });
  }
  const absolute = confine(directory, path);
  if (absolute === undefined) {
    throw new TerraformError(`${file}: "${key}" of stack ${name} leads out of the folder: "${path}".`, { file });
  }
  return { path, absolute };
}

function inDependencyOrder(stacks: ReadonlyMap<string, ManifestStack>, file: string): readonly ManifestStack[] {
  const ordered = new Set<ManifestStack>();
  const visit = (stack: ManifestStack, path: readonly string[]): void => {
    if (ordered.has(stack)) return;
    if (path.includes(stack.name)) {
      throw new TerraformError(
        `${file}: stacks depend on each other in a circle: ${[...path, stack.name].join(' -> ')}.`,
        { file },
      );
    }
    for (const name of stack.dependencies) {
      const dependency = stacks.get(name);
      if (dependency === undefined) {
        const hint = didYouMean(name, stacks.keys());
        throw new TerraformError(`${file}: stack ${stack.name} depends on ${name}, which does not exist${hint}`, {
          file,
        });
      }
      visit(dependency, [...path, stack.name]);
    }
    ordered.add(stack);
  };
  for (const stack of stacks.values()) visit(stack, []);
  return [...ordered];
}
