import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import { checkPassword, completeSignIn, type SignIn } from '../signIn.ts';
import { answerChallenge } from '../operations/respondToAuthChallenge.ts';
import { equalBytes } from '../srp.ts';
import type { User } from '../store/users.ts';
import { type AuthorizationRequest, readAuthorizationRequest } from './authorizationRequest.ts';
import { completeLogin } from './authorize.ts';
import { CSRF_COOKIE, CSRF_LIFE, type ManagedLogin } from './context.ts';
import { cookie, type LoginAnswer, type LoginRequest, setCookie, single } from './exchange.ts';
import { type Form, formPage } from './pages.ts';
import { PageRefusal } from './refusal.ts';

/** `GET /login`: the form for name and password, beside the ways through other providers. */
export function showLogin(login: ManagedLogin, request: LoginRequest): LoginAnswer {
  const asked = readAuthorizationRequest(login.cognito, request.query);
  return show(login, request, asked, { kind: 'PASSWORD', username: asked.loginHint ?? '' });
}

/** `POST /login`: name and password, or the answer to a challenge that followed them. */
export async function submitLogin(login: ManagedLogin, request: LoginRequest): Promise<LoginAnswer> {
  requireOwnForm(request);
  const asked = readAuthorizationRequest(login.cognito, request.query);
  const { form } = request;
  const username = single(form, 'username') ?? '';
  const challenge = single(form, 'challenge');
  let proved: User | undefined;
  const signIn: SignIn = {
    pool: asked.pool,
    client: asked.client,
    parameters: responses(form, username, challenge),
    clientMetadata: new Map(),
    // Tokens are given for the code that goes back to the application, not here.
    finish: async (_cognito, { user }) => {
      proved = user;
      return {};
    },
  };
  try {
    const next =
      challenge === undefined
        ? await startWithPassword(login, signIn, { username, password: form.get('password') ?? '' })
        : await answerChallenge(login.cognito, signIn, { name: challenge, session: single(form, 'session') });
    if (proved) return completeLogin(login, request, { asked, user: proved });
    return show(login, request, asked, challengeForm(username, next));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return show(login, request, asked, againForm(form, username, challenge, error), error.message);
  }
}

async function startWithPassword(
  { cognito }: ManagedLogin,
  signIn: SignIn,
  { username, password }: { username: string; password: string },
): Promise<JsonObject> {
  if (!signIn.client.oauth?.identityProviders.includes('COGNITO')) {
    throw new AwsError('NotAuthorizedException', 'This client does not sign in by password.');
  }
  const user = await checkPassword(cognito, signIn, { login: username, password });
  return completeSignIn(cognito, signIn, user);
}

/** `ChallengeResponses` from the fields of the form. */
function responses(form: URLSearchParams, username: string, challenge: string | undefined): Map<string, string> {
  const fields: Readonly<Record<string, string>> = {
    NEW_PASSWORD_REQUIRED: 'NEW_PASSWORD',
    SOFTWARE_TOKEN_MFA: 'SOFTWARE_TOKEN_MFA_CODE',
    SMS_MFA: 'SMS_MFA_CODE',
    SELECT_MFA_TYPE: 'ANSWER',
  };
  const field = challenge === undefined ? undefined : fields[challenge];
  return new Map([
    ['USERNAME', username],
    ...(field === undefined ? [] : ([[field, form.get('answer') ?? '']] as const)),
  ]);
}

function challengeForm(username: string, next: JsonObject): Form {
  const kind = String(next['ChallengeName']);
  const parameters = next['ChallengeParameters'] as JsonObject;
  const session = String(next['Session']);
  if (kind === 'NEW_PASSWORD_REQUIRED' || kind === 'SOFTWARE_TOKEN_MFA') return { kind, username, session };
  if (kind === 'SMS_MFA') {
    return { kind, username, session, sentTo: String(parameters['CODE_DELIVERY_DESTINATION']) };
  }
  if (kind === 'SELECT_MFA_TYPE') {
    return { kind, username, session, choices: JSON.parse(String(parameters['MFAS_CAN_CHOOSE'])) as string[] };
  }
  throw new PageRefusal('invalid_request', 'This sign-in needs a step that the login page does not have: use the app.');
}

/** The same step again while its session lasts, else the password. */
function againForm(form: URLSearchParams, username: string, challenge: string | undefined, error: AwsError): Form {
  const session = single(form, 'session');
  const over = error.code === 'NotAuthorizedException' || error.code === 'LimitExceededException';
  if (over || session === undefined) return { kind: 'PASSWORD', username };
  if (challenge === 'NEW_PASSWORD_REQUIRED' || challenge === 'SOFTWARE_TOKEN_MFA') {
    return { kind: challenge, username, session };
  }
  if (challenge === 'SMS_MFA') return { kind: challenge, username, session, sentTo: single(form, 'sentTo') ?? '' };
  return { kind: 'PASSWORD', username };
}

/**
 * The form must be one that this page gave to this browser: its token is in the cookie, too, and the browser says that it
 * was sent from here.
 */
function requireOwnForm(request: LoginRequest): void {
  const given = single(request.form, '_csrf');
  const expected = cookie(request, CSRF_COOKIE);
  const matches = given && expected && equalBytes(Buffer.from(given), Buffer.from(expected));
  const site = request.headers['sec-fetch-site'];
  const fromHere = request.headers.origin === request.origin && (site === undefined || site === 'same-origin');
  if (!matches || !fromHere) {
    throw new PageRefusal('invalid_request', 'This form has expired or was not sent from the login page.');
  }
}

function show(
  { cognito }: ManagedLogin,
  request: LoginRequest,
  asked: AuthorizationRequest,
  form: Form,
  problem?: string,
): LoginAnswer {
  const known = cookie(request, CSRF_COOKIE);
  const csrf = known && /^[\w-]{32}$/.test(known) ? known : cognito.random.bytes(24).toString('base64url');
  const answer = formPage(form, {
    csrf,
    query: request.query,
    providers: asked.oauth.identityProviders,
    ...(problem !== undefined && { problem }),
  });
  return {
    ...answer,
    headers: { ...answer.headers, 'set-cookie': [setCookie(request, CSRF_COOKIE, csrf, CSRF_LIFE / 1_000)] },
  };
}
