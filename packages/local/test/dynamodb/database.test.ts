import { describe, expect, it } from 'vitest';
import { afterCommit, openDatabase, prepared, transaction } from '../../src/database.ts';

function open() {
  const database = openDatabase(':memory:');
  database.exec('CREATE TABLE numbers (n INTEGER PRIMARY KEY)');
  const add = (n: number) => prepared(database, 'INSERT INTO numbers (n) VALUES (?)').run(n);
  const all = () =>
    prepared(database, 'SELECT n FROM numbers ORDER BY n')
      .all()
      .map(({ n }) => n);
  return { database, add, all };
}

describe('transaction', () => {
  it('keeps all or nothing and passes value and exception on', () => {
    const { database, add, all } = open();
    expect(transaction(database, () => add(1).changes)).toBe(1);
    const failing = () =>
      transaction(database, () => {
        add(2);
        throw new Error('stop');
      });
    expect(failing).toThrow('stop');
    expect(all()).toEqual([1]);
    expect(database.isTransaction).toBe(false);
  });

  it('undoes only the inner part when an inner one fails', () => {
    const { database, add, all } = open();
    transaction(database, () => {
      add(1);
      const inner = () =>
        transaction(database, () => {
          add(2);
          add(1);
        });
      expect(inner).toThrow('UNIQUE constraint failed');
      transaction(database, () => add(3));
    });
    expect(all()).toEqual([1, 3]);
  });

  it('runs hooks after the outermost commit, and none of what was undone', () => {
    const { database, add } = open();
    const told: string[] = [];
    transaction(database, () => {
      transaction(database, () => afterCommit(database, () => told.push('inner')));
      const failing = () =>
        transaction(database, () => {
          afterCommit(database, () => told.push('undone'));
          throw new Error('stop');
        });
      expect(failing).toThrow('stop');
      add(1);
      expect(told).toEqual([]);
    });
    afterCommit(database, () => told.push('outside'));
    expect(told).toEqual(['inner', 'outside']);
  });

  it('prepares a statement once', () => {
    const { database } = open();
    expect(prepared(database, 'SELECT 1')).toBe(prepared(database, 'SELECT 1'));
  });
});
