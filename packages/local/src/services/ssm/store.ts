import type { DatabaseSync } from 'node:sqlite';
import type { Sealing } from '../../data/sealing.ts';
import { prepared } from '../../database.ts';
import type { ParameterType, StoredParameter, Tier } from './model.ts';

export interface ParameterStore {
  find(name: string): StoredParameter | null;
  write(parameter: StoredParameter): void;
  /** In the order of their names, beginning after one of them. */
  list(after: string): readonly StoredParameter[];
  /** What the disk holds of a SecureString. */
  ciphertext(name: string): string;
}

export function createParameterStore(database: DatabaseSync, sealing: Sealing): ParameterStore {
  database.exec(`CREATE TABLE IF NOT EXISTS ssm_parameters (
    name TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    value TEXT,
    sealed BLOB,
    version INTEGER NOT NULL,
    description TEXT NOT NULL,
    tier TEXT NOT NULL,
    key_arn TEXT,
    tags TEXT NOT NULL,
    modified_at INTEGER NOT NULL,
    modified_by TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`);
  const run = (sql: string) => prepared(database, sql);

  function parameterOf(row: Record<string, unknown>): StoredParameter {
    const name = String(row['name']);
    const sealed = row['sealed'] as Uint8Array | null;
    return {
      name,
      type: row['type'] as ParameterType,
      value: sealed === null ? String(row['value']) : sealing.open(sealed, purposeOf(name)),
      version: Number(row['version']),
      description: String(row['description']),
      tier: row['tier'] as Tier,
      keyArn: row['key_arn'] as string | null,
      tags: JSON.parse(String(row['tags'])) as Record<string, string>,
      modifiedAt: Number(row['modified_at']),
      modifiedBy: String(row['modified_by']),
    };
  }

  return {
    find(name) {
      const row = run('SELECT * FROM ssm_parameters WHERE name = ?').get(name);
      return row === undefined ? null : parameterOf(row);
    },
    write({ name, type, value, version, description, tier, keyArn, tags, modifiedAt, modifiedBy }) {
      const isSecret = type === 'SecureString';
      run(
        `INSERT OR REPLACE INTO ssm_parameters
         (name, type, value, sealed, version, description, tier, key_arn, tags, modified_at, modified_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        name,
        type,
        isSecret ? null : value,
        isSecret ? sealing.seal(value, purposeOf(name)) : null,
        version,
        description,
        tier,
        keyArn,
        JSON.stringify(tags),
        modifiedAt,
        modifiedBy,
      );
    },
    list: (after) => run('SELECT * FROM ssm_parameters WHERE name > ? ORDER BY name').all(after).map(parameterOf),
    ciphertext(name) {
      const sealed = run('SELECT sealed FROM ssm_parameters WHERE name = ?').get(name)?.['sealed'];
      return Buffer.from((sealed as Uint8Array | null | undefined) ?? []).toString('base64');
    },
  };
}

const purposeOf = (name: string): string => `the parameter ${name}`;
