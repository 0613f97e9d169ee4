const KEY_LIFETIME_QUARTERS = 3;

export interface ApiKeyQuarter {
  /** `2026_q3` */
  readonly id: string;
  /** RFC 3339, a full hour as AppSync rounds to. */
  readonly expires: string;
}

/**
 * The keys that exist in the calendar quarter of `now`, newest first: one made in this quarter and one made in the last.
 *
 * A key belongs to a quarter and ends three quarters after its start, six to nine months after it is made (AppSync allows
 * 365 days: https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#api-key-authorization). So a deployment
 * in each quarter adds a key and drops the oldest, clients have a quarter to move on, and two syntheses on one day agree
 * to the byte, which an expiry counted from the present moment would prevent.
 */
export function apiKeyQuarters(now: Date): readonly [ApiKeyQuarter, ApiKeyQuarter] {
  const quarter = now.getUTCFullYear() * 4 + Math.floor(now.getUTCMonth() / 3);
  return [keyOf(quarter), keyOf(quarter - 1)];
}

function keyOf(quarter: number): ApiKeyQuarter {
  const end = quarter + KEY_LIFETIME_QUARTERS;
  const expires = new Date(Date.UTC(Math.floor(end / 4), (end % 4) * 3));
  return {
    id: `${Math.floor(quarter / 4)}_q${(quarter % 4) + 1}`,
    expires: expires.toISOString().replace('.000Z', 'Z'),
  };
}
