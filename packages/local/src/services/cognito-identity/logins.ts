import { NotEmulated } from '../../aws/error.ts';
import type { Clock } from '../../clock.ts';
import type { Inspection, TokenClaims } from '../cognito-idp/index.ts';
import type { IdentityPoolDefinition } from './config.ts';
import { foreignProvider, invalidLogin } from './errors.ts';

/** A user by the name that its provider has for it. */
export interface Login {
  readonly provider: string;
  /** The token's `sub`. */
  readonly subject: string;
}

/** The user pools, which judge their own tokens. */
export interface UserPools {
  inspectToken(userPoolId: string, token: string): Inspection;
  isSignedIn(claims: TokenClaims): boolean;
}

/**
 * Whose the tokens are; null without any. The provider's own check comes first, so that only a good token is told for which
 * client it is.
 *
 * @throws AwsError `NotAuthorizedException`
 */
export function readLogin(
  pool: IdentityPoolDefinition,
  logins: ReadonlyMap<string, string>,
  { userPools, clock }: { readonly userPools: UserPools; readonly clock: Clock },
): Login | null {
  const [first, ...others] = logins;
  if (!first) return null;
  if (others.length > 0) throw new NotEmulated('a request with the tokens of several providers');
  const [name, token] = first;
  const providers = pool.providers.filter((provider) => provider.name === name);
  const [provider] = providers;
  if (!provider) throw foreignProvider();
  const claims = goodClaims(userPools.inspectToken(provider.userPoolId, token), clock);
  const accepting = providers.find(({ clientId }) => clientId === claims['aud']);
  if (!accepting) throw foreignProvider();
  // In our words: AWS does not publish its own.
  if (accepting.serverSideTokenCheck && !userPools.isSignedIn(claims)) {
    throw invalidLogin('The user signed out, is disabled or does not exist.');
  }
  return { provider: name, subject: claims.sub };
}

const REFUSALS = {
  malformed: 'Not a valid OpenId Connect identity token.',
  issuer: "Issuer doesn't match providerName",
  signature: "Couldn't verify signed token.",
  /** In our words. */
  claims: 'It lacks a claim that tokens of a user pool have.',
  /** In our words. */
  notYetValid: 'Token is not valid yet.',
} as const;

function goodClaims(inspection: Inspection, clock: Clock): TokenClaims {
  if ('refusal' in inspection) {
    if (inspection.refusal !== 'expired') throw invalidLogin(REFUSALS[inspection.refusal]);
    const now = Math.floor(clock.now() / 1_000);
    throw invalidLogin(`Token expired: ${inspection.claims.exp} >= ${now}`);
  }
  const { claims } = inspection;
  // An access token names its client by another claim.
  if (claims['aud'] === undefined) throw invalidLogin('Missing a required claim: aud');
  return claims;
}
