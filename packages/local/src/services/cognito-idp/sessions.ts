import type { Client, Cognito } from './context.ts';
import { DEFAULT_AUTH_SESSION_SECONDS } from './limits.ts';

/** When a challenge that is opened now ends, in epoch milliseconds. */
export const sessionEnd = (
  { clock }: Pick<Cognito, 'clock'>,
  { authSessionValiditySeconds = DEFAULT_AUTH_SESSION_SECONDS }: Client,
) => clock.now() + authSessionValiditySeconds * 1_000;
