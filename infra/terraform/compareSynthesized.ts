import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A value that two synthesized folders do not share. */
export interface Difference {
  /** `stacks/api/cdk.tf.json` */
  readonly file: string;
  /** From the document's root: `terraform.required_providers.aws.version`; empty: the whole file. */
  readonly path: string;
  /** JSON, or `nothing`. */
  readonly was: string;
  readonly is: string;
}

const NOTHING = 'nothing';

/** Every value in the stacks and assets of two output folders that differs; the manifest's own version does not count. */
export function compareSynthesized(before: string, after: string): Difference[] {
  const files = [...new Set([...filesIn(before), ...filesIn(after)])].sort();
  return files.flatMap((file) => {
    const [was, is] = [read(join(before, file)), read(join(after, file))];
    if (was === undefined || is === undefined) {
      return [{ file, path: '', was: was ? 'a file' : NOTHING, is: is ? 'a file' : NOTHING }];
    }
    if (was.equals(is)) return [];
    if (!file.endsWith('.json'))
      return [{ file, path: '', was: `${was.length} bytes`, is: `${is.length} other bytes` }];
    const changes = [...differing(JSON.parse(was.toString()), JSON.parse(is.toString()), [])];
    return changes.map((change) => ({ file, ...change }));
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(join(folder, 'stacks'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}

function read(file: string): Buffer | undefined {
  return existsSync(file) ? readFileSync(file) : undefined;
}

function* differing(was: unknown, is: unknown, path: readonly string[]): Generator<Omit<Difference, 'file'>> {
  if (!isContainer(was) || !isContainer(is) || Array.isArray(was) !== Array.isArray(is)) {
    if (was !== is) yield { path: path.join('.'), was: shown(was), is: shown(is) };
    return;
  }
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    yield* differing(was[key], is[key], [...path, key]);
  }
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  return value === undefined ? NOTHING : JSON.stringify(value);
}
