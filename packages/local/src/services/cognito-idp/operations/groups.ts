import type { JsonObject } from '../../../json.ts';
import { type Cognito, type Pool, requirePool } from '../context.ts';
import { resourceNotFound } from '../errors.ts';
import { readLimit, readPageToken, requireString, writePageToken } from '../input.ts';
import { requireUser } from '../people.ts';
import type { Group } from '../store/groups.ts';

export function adminAddUserToGroup(cognito: Cognito, input: JsonObject): JsonObject {
  const { pool, user, name } = readMembership(cognito, input);
  cognito.groups.join(pool.poolId, user.username, name);
  return {};
}

export function adminRemoveUserFromGroup(cognito: Cognito, input: JsonObject): JsonObject {
  const { pool, user, name } = readMembership(cognito, input);
  cognito.groups.leave(pool.poolId, user.username, name);
  return {};
}

export function adminListGroupsForUser(cognito: Cognito, input: JsonObject): JsonObject {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const user = requireUser(cognito, pool, requireString(input, 'Username'));
  const after = readPageToken(input, 'NextToken');
  const groups = cognito.groups
    .ofUser(pool.poolId, user.username)
    .filter(({ name }) => name > after)
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  return page(groups, readLimit(input, 'Limit'));
}

export function listGroups(cognito: Cognito, input: JsonObject): JsonObject {
  const pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const limit = readLimit(input, 'Limit');
  return page(cognito.groups.page(pool.poolId, readPageToken(input, 'NextToken'), limit + 1), limit);
}

function readMembership(cognito: Cognito, input: JsonObject) {
  const pool: Pool = requirePool(cognito, requireString(input, 'UserPoolId'));
  const name = requireString(input, 'GroupName');
  const user = requireUser(cognito, pool, requireString(input, 'Username'));
  if (!cognito.groups.find(pool.poolId, name)) throw resourceNotFound('Group not found.');
  return { pool, user, name };
}

function page(groups: readonly Group[], limit: number): JsonObject {
  const shown = groups.slice(0, limit);
  const last = shown.at(-1);
  const more = groups.length > limit && last !== undefined;
  return { Groups: shown.map(describe), ...(more && { NextToken: writePageToken(last.name) }) };
}

function describe({ poolId, name, description, precedence, roleArn, createdAt, modifiedAt }: Group): JsonObject {
  return {
    GroupName: name,
    UserPoolId: poolId,
    ...(description !== undefined && { Description: description }),
    ...(precedence !== undefined && { Precedence: precedence }),
    ...(roleArn !== undefined && { RoleArn: roleArn }),
    CreationDate: createdAt / 1_000,
    LastModifiedDate: modifiedAt / 1_000,
  };
}
