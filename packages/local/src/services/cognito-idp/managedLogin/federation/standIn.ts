import { createHash } from 'node:crypto';
import type { ProviderClaims } from '../../federatedUser.ts';
import { isEmail } from '../../attributes.ts';
import { MAX_ATTRIBUTE_VALUE_LENGTH } from '../../limits.ts';
import { equalBytes } from '../../srp.ts';
import { CSRF_COOKIE, CSRF_LIFE, type Departure, type ManagedLogin } from '../context.ts';
import { cookie, type LoginAnswer, type LoginRequest, redirect, setCookie, single } from '../exchange.ts';
import { PageRefusal, withParameters } from '../refusal.ts';
import { type Person, people, personPage } from './personPage.ts';

/**
 * In place of Google, Apple or LINE, none of which is on this machine: a page where anybody may be anybody. It speaks OpenID
 * Connect's code flow with state, nonce and PKCE as they do; its token endpoint is a call in this process.
 */
export const STAND_IN = '/_stand-in/authorize';

/** `GET`: who to be. */
export function showPeople({ cognito }: ManagedLogin, request: LoginRequest, problem?: string): LoginAnswer {
  const asked = readAsked(request);
  const csrf = cookie(request, CSRF_COOKIE) ?? cognito.random.bytes(24).toString('base64url');
  const answer = personPage({
    provider: asked.provider,
    csrf,
    action: `${STAND_IN}?${request.query.toString()}`,
    problem,
  });
  const kept = setCookie(request, CSRF_COOKIE, csrf, CSRF_LIFE / 1_000);
  return { ...answer, headers: { ...answer.headers, 'set-cookie': [kept] } };
}

/** `POST`: somebody was chosen, or nobody. */
export function choosePerson(login: ManagedLogin, request: LoginRequest): LoginAnswer {
  requireOwn(request);
  const asked = readAsked(request);
  const { state } = asked;
  const chosen = request.form.get('person');
  if (chosen === 'nobody') {
    const error_description = 'The person turned back.';
    return redirect(withParameters(asked.redirectUri, { error: 'access_denied', error_description, state }));
  }
  const person = chosen === 'other' ? invented(request.form) : people.find(({ sub }) => sub === chosen);
  if (!person)
    return showPeople(
      login,
      request,
      'Give a name, and an e-mail address or a subject of letters, digits and . _ - @.',
    );
  const code = login.cognito.random.bytes(32).toString('base64url');
  login.providerCodes.put(code, { ...asked, person });
  return redirect(withParameters(asked.redirectUri, { code, state }));
}

/** What the token endpoint would say of whoever was chosen; undefined for a code that is not good. */
export function exchangeCode(
  { providerCodes }: ManagedLogin,
  code: string,
  departure: Departure,
): ProviderClaims | undefined {
  const given = providerCodes.take(code);
  const challenge = createHash('sha256').update(departure.verifier).digest('base64url');
  if (given?.provider !== departure.provider || given.challenge !== challenge || given.nonce !== departure.nonce) {
    return undefined;
  }
  const { sub, name, email, emailVerified } = given.person;
  const address = [
    ['email', email],
    ['email_verified', String(emailVerified)],
  ] as const;
  return new Map([['sub', sub], ['name', name], ...(email === '' ? [] : address)]);
}

/** A subject is a person, or else an address: who comes with it again is the same. */
function invented(form: URLSearchParams): Person | undefined {
  const name = (single(form, 'name') ?? '').trim();
  const email = (single(form, 'email') ?? '').trim().toLowerCase();
  const given = (single(form, 'sub') ?? '').trim();
  const hasPerson = /^[\w.@-]{1,90}$/.test(given) || (given === '' && email !== '');
  if (name === '' || name.length > MAX_ATTRIBUTE_VALUE_LENGTH || !hasPerson) return undefined;
  if (email !== '' && !isEmail(email)) return undefined;
  const sub = given || BigInt(`0x${createHash('sha256').update(email).digest('hex').slice(0, 16)}`).toString();
  return { sub, name, email, emailVerified: !form.has('unverified') };
}

function readAsked({ query, origin }: LoginRequest) {
  const [provider, redirectUri, state, nonce, challenge] = [
    'provider',
    'redirect_uri',
    'state',
    'nonce',
    'code_challenge',
  ].map((name) => single(query, name));
  // It serves this machine's login page and nobody else: codes go nowhere but there.
  if (!provider || !state || !nonce || !challenge || redirectUri !== `${origin}/oauth2/idpresponse`) {
    throw new PageRefusal('invalid_request', 'This page is reached from the login page.');
  }
  return { provider, redirectUri, state, nonce, challenge };
}

function requireOwn(request: LoginRequest): void {
  const [given, expected] = [single(request.form, '_csrf'), cookie(request, CSRF_COOKIE)];
  const fromHere = request.headers.origin === request.origin;
  if (!fromHere || !given || !expected || !equalBytes(Buffer.from(given), Buffer.from(expected))) {
    throw new PageRefusal('invalid_request', 'This form has expired or was not sent from this page.');
  }
}
