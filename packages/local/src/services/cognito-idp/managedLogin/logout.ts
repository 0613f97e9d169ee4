import { readAuthorizationRequest, requireLoginClient } from './authorizationRequest.ts';
import { type ManagedLogin, SESSION_COOKIE } from './context.ts';
import { cookie, type LoginAnswer, type LoginRequest, redirect, setCookie, single } from './exchange.ts';
import { PageRefusal } from './refusal.ts';

/**
 * Signs the browser out and goes to `logout_uri`, or back to the login page with the parameters of a new sign-in. Tokens
 * stay good, as in AWS: the application revokes its own.
 */
export function logout(login: ManagedLogin, request: LoginRequest): LoginAnswer {
  const location = whereTo(login, request);
  login.sessions.remove(cookie(request, SESSION_COOKIE) ?? '');
  return redirect(location, [setCookie(request, SESSION_COOKIE, '', 0)]);
}

function whereTo({ cognito }: ManagedLogin, { query }: LoginRequest): string {
  const { oauth } = requireLoginClient(cognito, single(query, 'client_id'));
  const logoutUri = single(query, 'logout_uri');
  if (logoutUri === undefined) {
    readAuthorizationRequest(cognito, query);
    return `/login?${query.toString()}`;
  }
  if (oauth.logoutUrls.includes(logoutUri)) return logoutUri;
  throw new PageRefusal('redirect_mismatch', 'The logout_uri is not one of the sign-out URLs of this client.');
}
