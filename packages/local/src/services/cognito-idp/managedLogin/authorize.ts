import { readIdentities } from '../identities.ts';
import type { User } from '../store/users.ts';
import { uuid } from '../../../uuid.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorizationRequest.ts';
import { type ManagedLogin, SESSION_COOKIE, SESSION_LIFE } from './context.ts';
import { cookie, type LoginAnswer, type LoginRequest, redirect, setCookie } from './exchange.ts';
import { beginFederation } from './federation/begin.ts';
import { ClientRefusal, withParameters } from './refusal.ts';

/** Where applications send a browser: back at once with a code for whoever is signed in, else to the login page. */
export function authorize(login: ManagedLogin, request: LoginRequest): LoginAnswer {
  const asked = readAuthorizationRequest(login.cognito, request.query);
  const user = asked.prompt === 'login' ? undefined : signedInUser(login, request, asked);
  if (user) return returnWithCode(login, asked, user);
  if (asked.prompt === 'none') throw new ClientRefusal(asked, 'login_required');
  const provider = asked.identityProvider;
  if (provider !== undefined && provider !== 'COGNITO') return beginFederation(login, request, asked, provider);
  return redirect(`/login?${request.query.toString()}`);
}

function signedInUser(
  { cognito, sessions }: ManagedLogin,
  request: LoginRequest,
  { pool, oauth, identityProvider }: AuthorizationRequest,
): User | undefined {
  const session = sessions.find(cookie(request, SESSION_COOKIE) ?? '');
  if (session?.poolId !== pool.poolId) return undefined;
  const user = cognito.users.find(pool.poolId, session.username);
  // Another person may have taken the name since.
  if (!user?.enabled || user.sub !== session.sub) return undefined;
  // Who asks for one provider does not want whoever came by another.
  const wanted = identityProvider === undefined ? oauth.identityProviders : [identityProvider];
  return wanted.includes(providerOfUser(user)) ? user : undefined;
}

/** Where the user comes from. */
function providerOfUser({ attributes }: User): string {
  return readIdentities(attributes)[0]?.providerName ?? 'COGNITO';
}

/** Every factor was proved: the browser is remembered, and goes back to the application. */
export function completeLogin(
  login: ManagedLogin,
  request: LoginRequest,
  { asked, user }: { asked: AuthorizationRequest; user: User },
): LoginAnswer {
  // A new id for every sign-in: one that somebody planted in the browser before is worth nothing.
  const id = login.cognito.random.bytes(32).toString('base64url');
  login.sessions.remove(cookie(request, SESSION_COOKIE) ?? '');
  login.sessions.put(id, { poolId: user.poolId, username: user.username, sub: user.sub });
  const remembered = setCookie(request, SESSION_COOKIE, id, SESSION_LIFE / 1_000);
  return returnWithCode(login, asked, user, [remembered]);
}

function returnWithCode(
  { cognito, codes }: ManagedLogin,
  { pool, client, redirectUri, scopes, state, nonce, codeChallenge }: AuthorizationRequest,
  user: User,
  cookies: readonly string[] = [],
): LoginAnswer {
  const code = uuid(cognito.random);
  codes.put(code, {
    clientId: client.clientId,
    poolId: pool.poolId,
    username: user.username,
    redirectUri,
    scopes,
    nonce,
    codeChallenge,
  });
  return redirect(withParameters(redirectUri, { code, state }), cookies);
}
