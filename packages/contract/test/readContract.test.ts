import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readContract, requireValid } from '../src/contract/readContract.ts';

const root = join(import.meta.dirname, '../../..');
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A copy of the repository's schema in which a file is changed. */
function changed(path: string, change: (text: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hiroba-contract-'));
  folders.push(folder);
  cpSync(join(root, 'schema'), join(folder, 'schema'), { recursive: true });
  writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')));
  return folder;
}

describe('the contract of a checkout', () => {
  test('has the schema with its directives, and the operations by name', () => {
    const { sdl, schema, operations } = readContract(root);
    expect(sdl).toContain('cognito_groups: ["moderators"])');
    expect(sdl).not.toContain('directive @aws_api_key');
    expect(schema.getQueryType()?.getFields()['post']?.type.toString()).toBe('Post');
    expect(operations.slice(0, 3).map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'mutation BlockUser',
      'mutation ClaimHandle',
      'subscription CommentAdded',
    ]);
  });

  test('a file that does not parse is named, with line and column', () => {
    const folder = changed('schema/page.graphql', () => 'type Page {\n  slug: \n}');
    expect(() => readContract(folder)).toThrow('schema/page.graphql:3:1 Syntax Error: Expected Name, found "}".');
  });

  test('so is an operation that asks for a field that is not there', () => {
    const folder = changed('schema/operations/Page.graphql', (text) => text.replace('slug\n', 'slugs\n'));
    const contract = readContract(folder);
    expect(() => requireValid(contract)).toThrow(
      /^schema\/operations\/Page\.graphql:\d+:\d+ Cannot query field "slugs" on type "Page"\. Did you mean "slug"\?\nAsk for what the schema has/,
    );
  });

  test('a folder that is no checkout is refused', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hiroba-contract-'));
    folders.push(folder);
    expect(() => readContract(folder)).toThrow('is it a checkout of Hiroba?');
  });
});
