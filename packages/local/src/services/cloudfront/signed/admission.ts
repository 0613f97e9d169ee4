import { type KeyObject, verify } from 'node:crypto';
import type { Clock } from '../../../clock.ts';
import type { Distribution, EdgeRequest, TrustedKey } from '../model.ts';
import { claimOf, type Claim, otherParameters } from './claim.ts';
import { allows, cannedPolicy, parsePolicy } from './policy.ts';
import { viewerError, type ViewerError } from './viewerError.ts';

/** The key to verify with; null: there is none, and why is told elsewhere. */
export type PublicKeyOf = (key: TrustedKey) => KeyObject | null;

export interface Admission {
  readonly clock: Clock;
  readonly publicKeyOf: PublicKeyOf;
}

/**
 * Why a request of a behavior with trusted key groups is not let in; null: it is.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/PrivateContent.html
 */
export function refusalOf(
  request: EdgeRequest,
  distribution: Distribution,
  { trustedKeys, clock, publicKeyOf }: Admission & { readonly trustedKeys: readonly TrustedKey[] },
): ViewerError | null {
  const claim = claimOf(request);
  if ('code' in claim) return claim;
  const key = trustedKeys.find(({ id }) => id === claim.keyPairId);
  if (!key) return viewerError('InvalidKey', 'Unknown Key');
  const urls = urlsOf(request, distribution);
  // The text of a canned policy is made anew, with the URL as each of its names would write it.
  const texts =
    'text' in claim.policy ? [claim.policy.text] : urls.map((url) => cannedPolicy(url, expiresOf(claim.policy)));
  if (texts.every((text) => parsePolicy(text) === null)) return viewerError('MalformedPolicy', 'Malformed Policy');
  const publicKey = publicKeyOf(key);
  const signed = publicKey && texts.find((text) => isSigned(text, claim, publicKey));
  const policy = signed ? parsePolicy(signed) : null;
  const asked = { urls, sourceIp: request.sourceIp, now: clock.now() };
  return policy && allows(policy, asked) ? null : viewerError('AccessDenied', 'Access denied');
}

const expiresOf = (policy: Claim['policy']): string => ('expires' in policy ? policy.expires : '');

function isSigned(text: string, { algorithm, signature }: Claim, key: KeyObject): boolean {
  return verify(algorithm, Buffer.from(text), key, signature);
}

/** As it was asked for here, and as it would be at AWS, where signers may have been told that the site is. */
function urlsOf({ path, query, headers }: EdgeRequest, { domainName, aliases }: Distribution): string[] {
  const parameters = otherParameters(query);
  const rest = `${path}${parameters === '' ? '' : `?${parameters}`}`;
  const origins = [`http://${headers['host'] ?? ''}`, ...[domainName, ...aliases].map((name) => `https://${name}`)];
  return origins.map((origin) => `${origin}${rest}`);
}
