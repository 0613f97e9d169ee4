import { argumentsOf, ConfigurationError, type ResolvedResource } from '../../resources/resourceType.ts';
import type { CorsRule } from '../../services/s3/index.ts';

const METHODS: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);

export function corsRules(part: ResolvedResource | undefined): CorsRule[] {
  if (!part) return [];
  return argumentsOf(part)
    .blocks('cors_rule')
    .map((args) => {
      const read = argumentsOf({ ...part, args });
      const maxAgeSeconds = read.number('max_age_seconds', -1);
      const rule: CorsRule = {
        allowedOrigins: read.strings('allowed_origins'),
        allowedMethods: read.strings('allowed_methods'),
        allowedHeaders: read.strings('allowed_headers'),
        exposeHeaders: read.strings('expose_headers'),
        ...(maxAgeSeconds < 0 ? {} : { maxAgeSeconds }),
      };
      check(part.address, rule);
      return rule;
    });
}

/** What S3 refuses to take. */
function check(address: string, { allowedMethods, allowedOrigins, allowedHeaders }: CorsRule): void {
  const method = allowedMethods.find((one) => !METHODS.has(one));
  if (method !== undefined)
    throw new ConfigurationError(`${address}: unsupported method "${method}" in allowed_methods.`);
  const wild = [...allowedOrigins, ...allowedHeaders].find((pattern) => pattern.split('*').length > 2);
  if (wild !== undefined) throw new ConfigurationError(`${address}: "${wild}" can not have more than one wildcard.`);
}
