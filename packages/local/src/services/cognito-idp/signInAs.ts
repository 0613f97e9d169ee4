import type { JsonObject } from '../../json.ts';
import { type Cognito, requireClient, requirePool } from './context.ts';
import { notAuthorized, userDisabled } from './errors.ts';
import { requireUser } from './people.ts';
import { issueTokens } from './tokens/issue.ts';

/** The tokens that a sign-in with the right password would give. */
export async function signInAs(
  cognito: Cognito,
  whom: { readonly poolId: string; readonly clientId: string; readonly username: string },
): Promise<JsonObject> {
  const pool = requirePool(cognito, whom.poolId);
  const client = requireClient(cognito, whom.clientId);
  if (client.pool.poolId !== pool.poolId) throw notAuthorized('The client belongs to another user pool.');
  const user = requireUser(cognito, pool, whom.username);
  if (!user.enabled) throw userDisabled();
  return issueTokens(cognito, {
    pool,
    client: client.client,
    user,
    source: 'Authentication',
    clientMetadata: new Map(),
  });
}
