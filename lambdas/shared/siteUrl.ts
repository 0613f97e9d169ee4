import { required } from './environment.ts';
import { readParameter } from './parameters.ts';

/**
 * Scheme and host of the site and the CDN, which are one, without a slash at the end. The API cannot know it when it is
 * deployed, since the CDN is made after it. @throws until the stack `edge` was deployed.
 */
export async function siteUrl(): Promise<string> {
  const name = required('SITE_URL_PARAMETER');
  const value = await readParameter(name);
  if (value === null) throw new Error(`there is no parameter ${name}: deploy the stack edge`);
  return new URL(value).origin;
}
