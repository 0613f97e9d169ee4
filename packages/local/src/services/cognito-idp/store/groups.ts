import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { GroupDefinition } from '../config.ts';

export interface Group extends GroupDefinition {
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export type Groups = ReturnType<typeof createGroups>;

export function createGroups(database: DatabaseSync) {
  const upsert = database.prepare(
    `INSERT INTO cognito_groups (pool_id, name, description, precedence, role_arn, created_at, modified_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (pool_id, name) DO UPDATE SET description = excluded.description,
     precedence = excluded.precedence, role_arn = excluded.role_arn, modified_at = excluded.modified_at`,
  );
  const byName = database.prepare('SELECT * FROM cognito_groups WHERE pool_id = ? AND name = ?');
  const page = database.prepare('SELECT * FROM cognito_groups WHERE pool_id = ? AND name > ? ORDER BY name LIMIT ?');
  const ofUser = database.prepare(
    `SELECT g.* FROM cognito_memberships m JOIN cognito_groups g ON g.pool_id = m.pool_id AND g.name = m.group_name
     WHERE m.pool_id = ? AND m.username = ? ORDER BY g.precedence IS NULL, g.precedence, g.name`,
  );
  const join = database.prepare(
    'INSERT OR IGNORE INTO cognito_memberships (pool_id, username, group_name) VALUES (?, ?, ?)',
  );
  const leave = database.prepare(
    'DELETE FROM cognito_memberships WHERE pool_id = ? AND username = ? AND group_name = ?',
  );

  return {
    save({ poolId, name, description, precedence, roleArn }: GroupDefinition, now: number): void {
      upsert.run(poolId, name, description ?? null, precedence ?? null, roleArn ?? null, now, now);
    },
    find(poolId: string, name: string): Group | undefined {
      const row = byName.get(poolId, name);
      return row && toGroup(row);
    },
    /** In the order of names, after the given one. */
    page(poolId: string, after: string, limit: number): readonly Group[] {
      return page.all(poolId, after, limit).map(toGroup);
    },
    /** Lowest precedence number first, as tokens list them. */
    ofUser(poolId: string, username: string): readonly Group[] {
      return ofUser.all(poolId, username).map(toGroup);
    },
    join(poolId: string, username: string, name: string): void {
      join.run(poolId, username, name);
    },
    leave(poolId: string, username: string, name: string): void {
      leave.run(poolId, username, name);
    },
  };
}

function toGroup(row: Record<string, SQLOutputValue>): Group {
  return {
    poolId: String(row['pool_id']),
    name: String(row['name']),
    description: row['description'] === null ? undefined : String(row['description']),
    precedence: row['precedence'] === null ? undefined : Number(row['precedence']),
    roleArn: row['role_arn'] === null ? undefined : String(row['role_arn']),
    createdAt: Number(row['created_at']),
    modifiedAt: Number(row['modified_at']),
  };
}
