import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { supportedResources } from '../packages/local/src/supported.ts';
import { target } from './support/target.ts';

/** The backend's Terraform is one of the two programs that decide what packages/local has to know. */
const stacks = globSync('stacks/*/cdk.tf.json', { cwd: target.terraform }).map(
  (path) => JSON.parse(readFileSync(join(target.terraform, path), 'utf8')) as { readonly resource?: object },
);
const declared = [...new Set(stacks.flatMap(({ resource = {} }) => Object.keys(resource)))].sort();
const needed = Object.entries(supportedResources)
  .filter(([, { neededBy }]) => neededBy.includes('infra'))
  .map(([type]) => type)
  .sort();

test('the synthesized stacks declare resources', () => {
  expect(stacks).toHaveLength(3);
});

test('the local system knows every resource type of the backend, and says that the backend needs it', () => {
  expect(declared.filter((type) => !needed.includes(type))).toEqual([]);
});

test('the local system has no entry for the backend that the backend does not declare', () => {
  expect(needed.filter((type) => !declared.includes(type))).toEqual([]);
});
