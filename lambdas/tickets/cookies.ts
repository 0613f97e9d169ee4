import { getSignedCookies } from '@aws-sdk/cloudfront-signer';
import { required, type EnvironmentVariable } from '../shared/environment.ts';
import { readParameter } from '../shared/parameters.ts';
import { siteUrl } from '../shared/siteUrl.ts';

/** As the schema's `MediaAccess`. */
export interface MediaAccess {
  readonly cookies: readonly { readonly name: string; readonly value: string }[];
  /** ISO 8601. */
  readonly expiresAt: string;
}

const VALID_SECONDS = 60 * 60;

/**
 * Cookies that open all photos for members, for an hour (decision 0022).
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-setting-signed-cookie-custom-policy.html
 * @throws until an operator has written the key and the stack `edge` was deployed.
 */
export async function mediaAccess(): Promise<MediaAccess> {
  const [site, keyPairId, privateKey] = await Promise.all([
    siteUrl(),
    written('CDN_KEY_PAIR_ID_PARAMETER'),
    written('CDN_PRIVATE_KEY_PARAMETER'),
  ]);
  const end = Math.floor(Date.now() / 1_000) + VALID_SECONDS;
  const policy = JSON.stringify({
    Statement: [{ Resource: `${site}/media/members/*`, Condition: { DateLessThan: { 'AWS:EpochTime': end } } }],
  });
  const signed = getSignedCookies({ policy, keyPairId, privateKey });
  return {
    cookies: Object.entries(signed).map(([name, value]) => ({ name, value: String(value) })),
    expiresAt: new Date(end * 1_000).toISOString(),
  };
}

async function written(variable: EnvironmentVariable): Promise<string> {
  const name = required(variable);
  const value = await readParameter(name);
  if (value === null)
    throw new Error(`there is no parameter ${name}: docs/deploy.md says how to make the key of the CDN`);
  return value;
}
