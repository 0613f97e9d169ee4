import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { publish, removeStaleAssets } from './publish.ts';
import { folderWith } from './testing/application.ts';

function files(record: Readonly<Record<string, string>>): Map<string, Uint8Array> {
  return new Map(Object.entries(record).map(([path, text]) => [path, Buffer.from(text)]));
}

const FIRST = { 'manifest.json': '{}', 'stacks/api/cdk.tf.json': 'one', 'stacks/data/cdk.tf.json': 'two' };

describe('publishing', () => {
  test('writes every file and leaves nothing else', () => {
    const outdir = join(folderWith({}), 'new', 'out');
    expect(publish(outdir, files(FIRST))).toEqual(['stacks/api/cdk.tf.json', 'stacks/data/cdk.tf.json']);
    expect(readdirSync(outdir, { recursive: true }).sort()).toEqual([
      'manifest.json',
      'stacks',
      'stacks/api',
      'stacks/api/cdk.tf.json',
      'stacks/data',
      'stacks/data/cdk.tf.json',
    ]);
  });

  test('replaces the manifest after a change, and touches no file that is the same', () => {
    const outdir = folderWith(FIRST);
    const inodes = () => Object.keys(FIRST).map((path) => statSync(join(outdir, path)).ino);
    const before = inodes();
    expect(publish(outdir, files({ ...FIRST, 'stacks/api/cdk.tf.json': 'changed' }))).toEqual([
      'stacks/api/cdk.tf.json',
    ]);
    const after = inodes();
    expect(before.map((inode, index) => inode !== after[index])).toEqual([true, true, false]);
    expect(readFileSync(join(outdir, 'stacks/api/cdk.tf.json'), 'utf8')).toBe('changed');
  });

  test('touches nothing when nothing changed', () => {
    const outdir = folderWith(FIRST);
    const before = statSync(join(outdir, 'manifest.json')).ino;
    expect(publish(outdir, files(FIRST))).toEqual([]);
    expect(statSync(join(outdir, 'manifest.json')).ino).toBe(before);
  });

  test('removes assets that nothing refers to, and nothing of Terraform', () => {
    const current = { ...FIRST, 'stacks/api/assets/counters/new.zip': 'new' };
    const outdir = folderWith({
      ...current,
      'stacks/api/assets/counters/old.zip': 'old',
      'stacks/api/.terraform.lock.hcl': 'lock',
    });
    removeStaleAssets(outdir, files(current));
    expect(existsSync(join(outdir, 'stacks/api/assets/counters/old.zip'))).toBe(false);
    expect(existsSync(join(outdir, 'stacks/api/assets/counters/new.zip'))).toBe(true);
    expect(existsSync(join(outdir, 'stacks/api/.terraform.lock.hcl'))).toBe(true);
  });
});
