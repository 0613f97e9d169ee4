import type { DynamoDBUpdateItemRequest } from '@aws-appsync/utils';
import type { Stash } from './context.ts';
import { fail } from './errors.ts';
import type { UserItem } from './items.ts';
import { refuseProfile } from './refusals.ts';
import { updateItem } from './requests.ts';

/** Sets the attributes that are neither null nor undefined, takes away those in `removed`, of an ACTIVE profile only. */
export function updateProfileItem(
  userId: string,
  attributes: Record<string, unknown>,
  removed: string[],
): DynamoDBUpdateItemRequest {
  const given = Object.keys(attributes).filter((name) => attributes[name] !== null && attributes[name] !== undefined);
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const name of given) {
    names[`#${name}`] = name;
    values[`:${name}`] = attributes[name];
  }
  for (const name of removed) {
    names[`#${name}`] = name;
  }
  // An update must change something: where nothing is given, the status is set to what the condition asks for.
  const set = given.length > 0 || removed.length > 0 ? given : ['status'];
  if (set !== given) {
    names['#status'] = 'status';
    values[':status'] = 'ACTIVE';
  }
  const setting = set.length > 0 ? `SET ${set.map((name) => `#${name} = :${name}`).join(', ')}` : '';
  const removing = removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : '';
  return updateItem(
    { userId },
    { expression: `${setting}${removing}`.trim(), names, values },
    { expression: '#profileStatus = :active', names: { '#profileStatus': 'status' }, values: { ':active': 'ACTIVE' } },
  );
}

type Settling = { stash: Stash; error?: { message: string; type: string } };

/** The profile as written; null, with the refusal added, when there is none to be written to. */
export function settleProfile(ctx: Settling, result: UserItem | null): UserItem | null {
  if (!ctx.error) {
    return result;
  }
  if (ctx.error.type !== 'DynamoDB:ConditionalCheckFailedException') {
    fail(ctx.error);
  }
  refuseProfile(ctx.stash, result);
  return null;
}
