import type { JsonObject } from '../../../json.ts';
import { type Context, requirePool } from '../context.ts';
import { guestsRefused } from '../errors.ts';
import { readLogins, requireId } from '../input.ts';
import { readLogin } from '../logins.ts';
import { uuid } from '../../../uuid.ts';

/** A user's id, always the same; a guest's, each time another one. */
export function getId(context: Context, input: JsonObject): JsonObject {
  const pool = requirePool(context, requireId(input, 'IdentityPoolId'));
  const login = readLogin(pool, readLogins(input), context);
  const { identityPoolId } = pool;
  if (!login && !pool.allowsGuests) throw guestsRefused();
  const known = login && context.identities.idOf(identityPoolId, login);
  if (known) return { IdentityId: known };
  const identityId = `${context.account.region}:${uuid(context.random)}`;
  context.identities.add({ identityId, identityPoolId, login }, context.clock.now());
  return { IdentityId: identityId };
}
