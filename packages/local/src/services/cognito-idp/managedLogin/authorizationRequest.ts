import type { ClientOAuth } from '../config.ts';
import type { Client, Cognito, Pool } from '../context.ts';
import { single } from './exchange.ts';
import { ClientRefusal, PageRefusal } from './refusal.ts';

/** What an application asks for when it sends a browser here. Every part was checked. */
export interface AuthorizationRequest {
  readonly pool: Pool;
  readonly client: Client;
  readonly oauth: ClientOAuth;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  /** PKCE's S256 challenge. */
  readonly codeChallenge: string | undefined;
  /** Chosen by the application; absent: by the person, on the page. */
  readonly identityProvider: string | undefined;
  readonly prompt: string | undefined;
  readonly loginHint: string | undefined;
}

const NEED_OPENID = ['email', 'phone', 'profile'];
const CODE_CHALLENGE = /^[A-Za-z0-9_-]{43,128}$/;
const MAX_PARAMETER_LENGTH = 4_096;

/** @throws PageRefusal before it is certain who asks, and `ClientRefusal` from then on */
export function readAuthorizationRequest(cognito: Cognito, query: URLSearchParams): AuthorizationRequest {
  const client = requireLoginClient(cognito, single(query, 'client_id'));
  const redirectUri = single(query, 'redirect_uri');
  // As it is written: a prefix or a pattern would let codes go where the Terraform does not say.
  if (redirectUri === undefined || !client.oauth.callbackUrls.includes(redirectUri)) {
    throw new PageRefusal('redirect_mismatch', 'The redirect_uri is not one of the callback URLs of this client.');
  }
  const state = single(query, 'state');
  const refuse = (code: string, description?: string) => new ClientRefusal({ redirectUri, state }, code, description);
  for (const [name, value] of query) {
    if (query.getAll(name).length > 1) throw refuse('invalid_request', `${name} is given more than once`);
    if (value.length > MAX_PARAMETER_LENGTH) throw refuse('invalid_request', `${name} is too long`);
  }

  const responseType = single(query, 'response_type');
  if (responseType === undefined) throw refuse('invalid_request', 'response_type is missing');
  if (responseType === 'token') throw refuse('unauthorized_client');
  if (responseType !== 'code') throw refuse('unsupported_response_type');

  const asked = single(query, 'scope')?.split(/\s+/).filter(Boolean) ?? client.oauth.scopes;
  const scopes = [...new Set(asked)];
  const unknown = scopes.some((scope) => !client.oauth.scopes.includes(scope));
  const lacksOpenid = !scopes.includes('openid') && scopes.some((scope) => NEED_OPENID.includes(scope));
  if (unknown || lacksOpenid) throw refuse('invalid_scope');

  const identityProvider = single(query, 'identity_provider');
  if (identityProvider !== undefined && !client.oauth.identityProviders.includes(identityProvider)) {
    throw refuse('invalid_request', 'identity_provider is not one of this client');
  }
  return {
    ...client,
    redirectUri,
    scopes,
    state,
    nonce: single(query, 'nonce'),
    codeChallenge: readChallenge(query, refuse),
    identityProvider,
    prompt: single(query, 'prompt'),
    loginHint: single(query, 'login_hint'),
  };
}

/** The client, when it may use the login page, whose pool must have a domain. */
export function requireLoginClient(
  cognito: Cognito,
  clientId: string | undefined,
): Pick<AuthorizationRequest, 'pool' | 'client' | 'oauth'> {
  const client = clientId === undefined ? undefined : cognito.clients.get(clientId);
  const pool = client && cognito.pools.get(client.poolId);
  if (!client?.oauth || !pool?.hasDomain) {
    throw new PageRefusal('invalid_client', 'The client_id is not one of a client that uses the login page.');
  }
  return { pool, client, oauth: client.oauth };
}

function readChallenge(query: URLSearchParams, refuse: (code: string, description: string) => Error) {
  const challenge = single(query, 'code_challenge');
  const method = single(query, 'code_challenge_method');
  if (challenge === undefined && method === undefined) return undefined;
  if (challenge === undefined) throw refuse('invalid_request', 'code_challenge is missing');
  if (method !== 'S256') throw refuse('invalid_request', 'code_challenge_method must be S256');
  if (!CODE_CHALLENGE.test(challenge)) throw refuse('invalid_request', 'code_challenge is malformed');
  return challenge;
}
