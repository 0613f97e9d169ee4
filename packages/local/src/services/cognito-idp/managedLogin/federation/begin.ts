import { createHash } from 'node:crypto';
import type { IdentityProviderDefinition } from '../../config.ts';
import type { AuthorizationRequest } from '../authorizationRequest.ts';
import type { ManagedLogin } from '../context.ts';
import { type LoginAnswer, type LoginRequest, redirect, setCookie } from '../exchange.ts';
import { PageRefusal } from '../refusal.ts';
import { STAND_IN } from './standIn.ts';

/** Whoever went out to a provider comes back in the same browser. */
export const STATE_COOKIE = 'csrf-state';

/** Sends the browser to the provider, and remembers what the application asked for. */
export function beginFederation(
  { cognito, departures }: ManagedLogin,
  request: LoginRequest,
  { pool, oauth }: AuthorizationRequest,
  name: string,
): LoginAnswer {
  const provider = providerOf(pool.identityProviders ?? [], name);
  if (!provider || !oauth.identityProviders.includes(name)) {
    throw new PageRefusal('invalid_request', `${name} is not a provider that this client signs in with.`);
  }
  const [state, nonce, verifier] = [1, 2, 3].map(() => cognito.random.bytes(32).toString('base64url')) as [
    string,
    string,
    string,
  ];
  departures.put(state, { query: request.query.toString(), provider: name, nonce, verifier });
  const asked = new URLSearchParams({
    client_id: `${pool.poolId} at ${name}`,
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: `${request.origin}/oauth2/idpresponse`,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  return redirect(`${STAND_IN}?${new URLSearchParams({ provider: name }).toString()}&${asked.toString()}`, [
    setCookie(request, STATE_COOKIE, state),
  ]);
}

export const providerOf = (
  providers: readonly IdentityProviderDefinition[],
  name: string,
): IdentityProviderDefinition | undefined => providers.find((provider) => provider.name === name);
