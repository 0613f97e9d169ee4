import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { rungNames } from '../rungs.ts';
import { synthesizeTarget } from '../targets.ts';
import { figure } from './figure.ts';
import { SEED_MAP, seedMap } from './render.ts';
import type { Evidence } from './row.ts';
import { rows } from './rows.ts';

const root = new URL('../../', import.meta.url);
const evidence: readonly Evidence[] = [...rows, ...figure].flatMap((row) => row.evidence);

function inSection(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);
}

describe('the rows', () => {
  test('are those of the papers, each once and in their order', () => {
    expect(rows.map(({ id }) => id)).toEqual([
      ...inSection('A', 17),
      ...inSection('B', 7),
      ...inSection('C', 25),
      ...inSection('D', 7),
      ...inSection('E', 15),
      ...inSection('F', 14),
      ...inSection('G', 19),
    ]);
  });

  test('that do not apply are those about servers and other products', () => {
    const ids = rows.filter(({ state }) => state === 'not applicable').map(({ id }) => id);
    expect(ids).toEqual(['F10', 'F13', 'G6', 'G9', 'G19']);
  });

  test('that are answered name what answers them', () => {
    expect(rows.filter((row) => row.state === 'answered' && row.evidence.length === 0)).toEqual([]);
  });
});

describe('what answers a row', () => {
  test.for(rungNames)('as a Terraform address is in the stack, at %s', { timeout: 60_000 }, async (rung) => {
    const addresses = evidence.flatMap((item) => (item.kind === 'terraform' && item.rung === rung ? item.address : []));
    const { stacks } = await synthesizeTarget({ stage: 'prod', rung });
    const missing = addresses.filter((address) => {
      const [stack = '', type = '', id = ''] = address.split(/[/.]/);
      return !stacks.get(stack)?.resource?.[type]?.[id];
    });
    expect(missing).toEqual([]);
  });

  test('as a file exists', () => {
    const paths = evidence.flatMap((item) => (item.kind === 'file' ? [item.path] : []));
    expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  test('as a command is a script of package.json', () => {
    const lines = evidence.flatMap((item) => (item.kind === 'command' ? [item.line] : []));
    const known = Object.keys(packageJson.scripts).map((name) => `npm run ${name}`);
    expect(lines.filter((line) => !known.includes(line))).toEqual([]);
  });
});

test('the document is what `npm run seed-map` writes', () => {
  expect(readFileSync(fileURLToPath(new URL(SEED_MAP, root)), 'utf8')).toBe(seedMap());
});
