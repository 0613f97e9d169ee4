import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../../../schema/operations/manifest.json' with { type: 'json' };
import { readMatrix } from '../../src/access/matrix.ts';
import { readContract } from '../../src/contract/readContract.ts';
import { packFiles } from '../../src/pack/packFiles.ts';
import { tarball } from '../../src/pack/tar.ts';
import { within } from '../changes/edits.ts';
import { edited } from '../changes/sides.ts';

const root = join(import.meta.dirname, '../../../..');
const consumer = join(import.meta.dirname, '../../consumer');
const folders: string[] = [];

beforeAll(async () => {
  packed = await packOf(root);
}, 60_000);
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

let packed: ReadonlyMap<string, string>;

const packOf = (folder: string): Promise<ReadonlyMap<string, string>> =>
  packFiles(readContract(folder), {
    version: '1.2.3',
    matrix: readMatrix(folder),
    changelog: '# Changelog\n',
    license: 'Apache-2.0\n',
  });

/** What a front end has after npm installed the tarball: its own files, the package, and other packages. */
function installed(files: ReadonlyMap<string, string>): string {
  const project = mkdtempSync(join(tmpdir(), 'hiroba-consumer-'));
  folders.push(project);
  cpSync(consumer, project, { recursive: true });
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, '@hiroba/api'), { recursive: true });
  for (const [name, from] of [
    'aws-amplify',
    'gql.tada',
    'graphql',
    '@apollo/client',
    '@urql/core',
    '@graphql-typed-document-node/core',
  ].map(linked)) {
    mkdirSync(join(modules, name, '..'), { recursive: true });
    symlinkSync(from, join(modules, name));
  }
  const tgz = join(project, 'api.tgz');
  writeFileSync(tgz, tarball(files));
  execFileSync('tar', ['-xzf', tgz, '-C', join(modules, '@hiroba/api'), '--strip-components=1']);
  return project;
}

const linked = (name: string): readonly [string, string] => {
  const places = [
    join(root, 'node_modules', name),
    join(root, 'packages/contract/node_modules', name),
    join(root, 'packages/local/node_modules', name),
  ];
  const found = places.find((place) => readdirSafe(place));
  if (found === undefined) throw new Error(`${name} is not installed`);
  return [name, found];
};

function readdirSafe(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const typeCheck = (project: string): { status: number | null; stdout: string } =>
  spawnSync(process.execPath, [tsc, '-p', project], { encoding: 'utf8' });

describe('the package for front ends', () => {
  test('is the same bytes when it is packed again, and tar reads it', async () => {
    const bytes = tarball(packed);
    expect(tarball(await packOf(root)).equals(bytes)).toBe(true);
    const file = join(installed(packed), 'api.tgz');
    expect(
      execFileSync('tar', ['-tzf', file], { encoding: 'utf8' })
        .split('\n')
        .filter((line) => line !== ''),
    ).toEqual([...packed.keys()].sort().map((path) => `package/${path}`));
  });

  test('has a file for every entry, and Node imports those with code', async () => {
    const project = installed(packed);
    const { exports } = JSON.parse(packed.get('package.json') ?? '') as {
      exports: Record<string, string | { types: string; default: string }>;
    };
    const paths = Object.values(exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    expect(paths.filter((path) => !packed.has(path.slice(2)))).toEqual([]);
    const operations = (await import(
      pathToFileURL(join(project, 'node_modules/@hiroba/api/operations.js')).href
    )) as Record<string, unknown>;
    expect(operations['FeedDocument']).toMatchObject({ kind: 'Document' });
    const amplify = (await import(pathToFileURL(join(project, 'node_modules/@hiroba/api/amplify.js')).href)) as Record<
      string,
      string
    >;
    expect(parse(amplify['feed'] ?? '').definitions).toHaveLength(1);
  });

  test('has the hashes of the manifest', () => {
    const persisted = JSON.parse(packed.get('persisted.json') ?? '') as Record<string, { hash: string }>;
    const names = Object.entries(manifest).map(([hash, { name }]) => [name, hash] as const);
    expect(Object.entries(persisted).map(([name, { hash }]) => [name, hash])).toEqual(names);
  });

  test('has a schema for tools that know AppSync, and one for those that do not', () => {
    expect(packed.get('schema.graphql')).toContain('type Viewer @aws_cognito_user_pools {');
    expect(packed.get('schema.graphql')).toContain('directive @aws_subscribe(');
    expect(packed.get('schema.public.graphql')).not.toContain('@aws_');
    expect(packed.get('schema.public.graphql')).toContain('scalar AWSDateTime');
  });

  test('says what errors mean, and who may do what', () => {
    const errors = JSON.parse(packed.get('errors.json') ?? '') as {
      userErrors: Record<string, string>;
      errorTypes: Record<string, string>;
    };
    expect(errors.userErrors['NOT_OWNER']).toBe('Only the owner may do this.');
    const { fields, cells } = JSON.parse(packed.get('auth-matrix.json') ?? '') as {
      fields: Record<string, string[]>;
      cells: Record<string, string>;
    };
    expect(fields['Query.moderationQueue']).toEqual(['group moderators']);
    expect(fields['Post.body']).toEqual(['api key', 'iam', 'members']);
    expect(cells['posts.md Query.post of a PUBLIC post: blocked']).toBe('null');
    expect(JSON.parse(packed.get('possible-types.json') ?? '')).toMatchObject({
      ReportSubject: ['Comment', 'Photo', 'Post', 'User'],
    });
  });

  test('knows every type of error that resolvers raise', () => {
    const { errorTypes } = JSON.parse(packed.get('errors.json') ?? '') as { errorTypes: Record<string, string> };
    const sources = readdirSync(join(root, 'resolvers'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.ts'),
    );
    const raised = sources.flatMap((path) =>
      [...readFileSync(join(root, 'resolvers', path), 'utf8').matchAll(/util\.error\([^;]*?, '([A-Z]\w+)'/g)].map(
        ([, type]) => type,
      ),
    );
    expect(raised.length).toBeGreaterThan(0);
    expect(raised.filter((type) => errorTypes[type ?? ''] === undefined)).toEqual([]);
  });
});

describe('a front end on the package', { timeout: 120_000 }, () => {
  test('type-checks with aws-amplify, Apollo, urql and gql.tada, and not where it is wrong', () => {
    expect(typeCheck(installed(packed))).toMatchObject({ status: 0, stdout: '' });
  });

  test('no longer does when a field that it uses is another', async () => {
    const folder = edited([within('schema/post.graphql', 'PostStats.likes', 'Int!', 'String!')]);
    folders.push(folder);
    const { status, stdout } = typeCheck(installed(await packOf(folder)));
    expect(status).not.toBe(0);
    expect(stdout).toContain('apollo.ts');
    expect(stdout).toContain("Type 'string' is not assignable to type 'number'");
  });
});
