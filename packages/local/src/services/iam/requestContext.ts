import type { Account } from '../../aws/account.ts';
import type { Access, Principal } from '../../aws/service.ts';
import type { Clock } from '../../clock.ts';
import { webIdentityContext } from './webIdentityTrust.ts';

export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;

/** What a value that AWS itself adds to every request is made from. */
interface Circumstances {
  readonly account: Account;
  readonly clock: Clock;
  readonly principal: Principal;
}

/**
 * The keys that AWS adds to every request and that can be known here, by their name in lower case. Calls of AppSync and
 * Lambda go over TLS on AWS. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const GLOBAL_KEYS: ReadonlyMap<string, readonly [key: string, value: (circumstances: Circumstances) => string]> =
  new Map(
    (
      [
        ['aws:PrincipalArn', ({ principal }) => principal.arn],
        ['aws:PrincipalAccount', ({ account }) => account.accountId],
        ['aws:PrincipalType', () => 'AssumedRole'],
        ['aws:ResourceAccount', ({ account }) => account.accountId],
        ['aws:RequestedRegion', ({ account }) => account.region],
        ['aws:SecureTransport', () => 'true'],
        ['aws:CurrentTime', ({ clock }) => new Date(Math.floor(clock.now() / 1000) * 1000).toISOString()],
        ['aws:EpochTime', ({ clock }) => String(Math.floor(clock.now() / 1000))],
      ] satisfies readonly (readonly [string, (circumstances: Circumstances) => string])[]
    ).map(([key, value]) => [key.toLowerCase(), [key, value]]),
  );

/**
 * The condition values of a call that can make a difference: those that some policy mentions. Sorted by key, so that
 * equal contexts are written equally.
 */
export function relevantContext(
  access: Access,
  mentioned: ReadonlySet<string>,
  circumstances: Circumstances,
): ConditionContext {
  const { webIdentity } = circumstances.principal;
  const values = { ...access.context, ...(webIdentity && webIdentityContext(webIdentity)) };
  const given = new Map(Object.entries(values).map((entry) => [entry[0].toLowerCase(), entry] as const));
  const entries = new Map<string, string | readonly string[]>();
  for (const name of [...mentioned].sort()) {
    const entry = given.get(name);
    const global = isServicePrincipal(circumstances.principal.arn) ? undefined : GLOBAL_KEYS.get(name);
    if (entry !== undefined) entries.set(entry[0], entry[1]);
    else if (global !== undefined) entries.set(global[0], global[1](circumstances));
  }
  return Object.fromEntries(entries);
}

/** `cognito-idp.amazonaws.com`: AWS calls on its own behalf, as Cognito does a trigger. Only resource policies let it. */
export function isServicePrincipal(arn: string): boolean {
  return arn.endsWith('.amazonaws.com');
}
