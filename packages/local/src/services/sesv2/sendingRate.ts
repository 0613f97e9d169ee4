import type { Clock } from '../../clock.ts';

/** How fast mail may be sent: so many recipients a second, and once as many at a stroke after a pause. */
export interface SendingRate {
  readonly perSecond: number;
  /** Whether mail to so many may go now; it then counts. */
  take(recipients: number): boolean;
}

/**
 * SES counts recipients, and lets a message through while the account is not over its rate.
 * https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html
 */
export function createSendingRate(perSecond: number, clock: Clock): SendingRate {
  const capacity = Math.max(1, perSecond);
  let available = capacity;
  let since = clock.now();
  return {
    perSecond,
    take(recipients) {
      const now = clock.now();
      available = Math.min(capacity, available + (Math.max(0, now - since) / 1000) * perSecond);
      since = now;
      if (available < 1) return false;
      available -= recipients;
      return true;
    },
  };
}
