import { AwsError } from '../../../aws/error.ts';
import type { Cognito } from '../context.ts';
import { authorize } from './authorize.ts';
import { createManagedLoginContext, type ManagedLogin } from './context.ts';
import { DISCOVERY, discover } from './discovery.ts';
import { json, type LoginAnswer, type LoginRequest, redirect } from './exchange.ts';
import { comeBack } from './federation/comeBack.ts';
import { choosePerson, showPeople, STAND_IN } from './federation/standIn.ts';
import { showLogin, submitLogin } from './loginPage.ts';
import { logout } from './logout.ts';
import { errorPage } from './pages.ts';
import { ClientRefusal, PageRefusal, TokenRefusal } from './refusal.ts';
import { token } from './token.ts';
import { revoke, userInfo } from './userInfo.ts';

export type { LoginAnswer, LoginRequest } from './exchange.ts';

type Handler = (login: ManagedLogin, request: LoginRequest) => LoginAnswer | Promise<LoginAnswer>;

/** `page`: a browser goes there; `call`: a program asks, from whichever page. */
interface Route {
  readonly as: 'page' | 'call';
  readonly run: Handler;
}

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['GET /oauth2/authorize', { as: 'page', run: authorize }],
  ['GET /login', { as: 'page', run: showLogin }],
  ['POST /login', { as: 'page', run: submitLogin }],
  ['GET /logout', { as: 'page', run: logout }],
  ['GET /oauth2/idpresponse', { as: 'page', run: comeBack }],
  [`GET ${STAND_IN}`, { as: 'page', run: showPeople }],
  [`POST ${STAND_IN}`, { as: 'page', run: choosePerson }],
  ['POST /oauth2/token', { as: 'call', run: token }],
  ['GET /oauth2/userInfo', { as: 'call', run: userInfo }],
  ['POST /oauth2/userInfo', { as: 'call', run: userInfo }],
  ['POST /oauth2/revoke', { as: 'call', run: revoke }],
]);

const PATHS = new Set([...ROUTES.keys()].map((route) => route.slice(route.indexOf(' ') + 1)));

/** The login page and OAuth endpoints of the pools that have a domain. Null for what is not theirs. */
export function createManagedLogin(cognito: Cognito): (request: LoginRequest) => Promise<LoginAnswer | null> {
  const login = createManagedLoginContext(cognito);
  return async (request) => {
    if (DISCOVERY.test(request.path)) return discover(login, request);
    if (!PATHS.has(request.path) || ![...cognito.pools.values()].some(({ hasDomain }) => hasDomain)) return null;
    const route = ROUTES.get(`${request.method} ${request.path}`);
    if (!route) return json(405, { error: 'invalid_request', error_description: `${request.method} is not allowed` });
    try {
      if (route.as === 'page') requireNavigation(request);
      return await route.run(login, request);
    } catch (error) {
      return refusal(error);
    }
  };
}

/** Frames, pictures and scripts of other pages have no business here; where the browser says what it wants, it is believed. */
function requireNavigation({ headers }: LoginRequest): void {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': destination } = headers;
  if ((mode ?? 'navigate') === 'navigate' && (destination ?? 'document') === 'document') return;
  throw new PageRefusal('invalid_request', 'The login page is a page of its own: it is not framed, and not fetched.');
}

function refusal(error: unknown): LoginAnswer {
  if (error instanceof ClientRefusal) return redirect(error.location);
  if (error instanceof PageRefusal) return errorPage(400, error.code, error.message);
  if (error instanceof TokenRefusal) return json(400, { error: error.code });
  // What is wrong with a token or a user, in the words of the API.
  if (error instanceof AwsError) return json(400, { error: 'invalid_grant', error_description: error.message });
  throw error;
}
