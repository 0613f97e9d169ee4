import type { KeyOwner } from '../../../aws/credentials.ts';
import type { SignatureClaim } from '../../../aws/signatureClaim.ts';
import { MAX_CLOCK_SKEW_MINUTES, parseBasicDate } from '../../../aws/signingKey.ts';
import type { Clock } from '../../../clock.ts';
import { s3Error } from '../errors.ts';

interface Clocks {
  readonly wallClock: Clock;
  readonly clock: Clock;
}

const SKEW = MAX_CLOCK_SKEW_MINUTES * 60_000;

/**
 * The clock by which whoever has that key dates what is to be used later: functions, which have keys of a session, see the
 * local system's time; the developer's own tools see the machine's. So a ticket that a function gave expires when the local
 * clock is moved on.
 */
export const clockOf = ({ key }: KeyOwner, { wallClock, clock }: Clocks): Clock =>
  key.sessionToken === undefined ? wallClock : clock;

/** Throws `RequestTimeTooSkewed`, and `AccessDenied` for a presigned request that is not valid yet or any more. */
export function refuseWrongDate(claim: SignatureClaim, owner: KeyOwner, clocks: Clocks): void {
  const { date, expiresInSeconds } = claim;
  if (expiresInSeconds === null) return refuseSkewedDate(date, clocks);
  const now = clockOf(owner, clocks).now();
  const expires = parseBasicDate(date) + expiresInSeconds * 1000;
  if (now < parseBasicDate(date) - SKEW) {
    throw s3Error('AccessDenied', 'Request is not valid yet', { 'X-Amz-Date': date, ServerTime: isoSeconds(now) });
  }
  if (now > expires) {
    const details = { 'X-Amz-Expires': expiresInSeconds, Expires: isoSeconds(expires), ServerTime: isoSeconds(now) };
    throw s3Error('AccessDenied', 'Request has expired', details);
  }
}

/** A request that is sent at once is dated by one of two clocks, and does not say by which. */
function refuseSkewedDate(date: string, { wallClock, clock }: Clocks): void {
  const signedAt = parseBasicDate(date);
  if ([wallClock, clock].some((one) => Math.abs(one.now() - signedAt) <= SKEW)) return;
  throw s3Error('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', {
    RequestTime: date,
    ServerTime: isoSeconds(wallClock.now()),
    MaxAllowedSkewMilliseconds: SKEW,
  });
}

const isoSeconds = (epochMilliseconds: number): string =>
  new Date(epochMilliseconds).toISOString().replace(/\.\d{3}/, '');
