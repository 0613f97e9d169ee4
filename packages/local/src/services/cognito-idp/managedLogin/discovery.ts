import { requirePool } from '../context.ts';
import type { ManagedLogin } from './context.ts';
import { json, type LoginAnswer, type LoginRequest } from './exchange.ts';

/** `/POOL/.well-known/jwks.json` and `/POOL/.well-known/openid-configuration`, which AWS has at the issuer's address. */
export const DISCOVERY = /^\/([\w-]+_[0-9a-zA-Z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/;

export function discover({ cognito }: ManagedLogin, { path, origin }: LoginRequest): LoginAnswer | null {
  const [, poolId = '', what] = DISCOVERY.exec(path) ?? [];
  if (!cognito.pools.has(poolId)) return null;
  const { issuer, key } = requirePool(cognito, poolId);
  const cached = { 'cache-control': 'public, max-age=86400' };
  if (what === 'jwks.json') return json(200, { keys: [key.jwk] }, cached);
  const configuration = {
    authorization_endpoint: `${origin}/oauth2/authorize`,
    end_session_endpoint: `${origin}/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer,
    jwks_uri: `${origin}/${poolId}/.well-known/jwks.json`,
    response_types_supported: ['code'],
    revocation_endpoint: `${origin}/oauth2/revoke`,
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: `${origin}/oauth2/token`,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: `${origin}/oauth2/userInfo`,
  };
  return json(200, configuration, cached);
}
