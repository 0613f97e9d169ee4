import { checkAttributes, foldCase, mergeAttributes } from './attributes.ts';
import type { IdentityProviderDefinition } from './config.ts';
import type { Cognito, Pool } from './context.ts';
import { invalidParameter, userDisabled } from './errors.ts';
import { type Identity, IDENTITIES, readIdentities } from './identities.ts';
import type { StringMap } from './input.ts';
import { changeUser } from './people.ts';
import type { User } from './store/users.ts';
import { postConfirmation, preSignUp } from './triggers.ts';
import { uuid } from '../../uuid.ts';

/** What a provider says of somebody, by its own names; `sub` among them. */
export type ProviderClaims = ReadonlyMap<string, string>;

/**
 * The user of somebody who has signed in elsewhere: `Google_1234`, made at the first time, and at every later one with what the
 * provider says now.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html
 */
export async function federatedUser(
  cognito: Cognito,
  { pool, clientId, provider }: { pool: Pool; clientId: string; provider: IdentityProviderDefinition },
  claims: ProviderClaims,
): Promise<User> {
  const subject = claims.get(provider.attributeMapping.get('username') ?? 'sub') ?? '';
  if (subject === '') throw new Error(`${provider.name} told no subject`);
  const username = foldCase(pool, `${provider.name}_${subject}`);
  const attributes = mapped(provider, claims);
  const known = cognito.users.find(pool.poolId, username);
  if (known) return returning(cognito, pool, { user: known, provider, subject, attributes });
  checkAttributes(pool, attributes);
  const call = { pool, userName: username, clientId, clientMetadata: new Map<string, string>() };
  await preSignUp(cognito, call, { source: 'PreSignUp_ExternalProvider', attributes, validationData: new Map() });
  // The function took its time: the same person may have come by another tab.
  const meanwhile = cognito.users.find(pool.poolId, username);
  if (meanwhile) return returning(cognito, pool, { user: meanwhile, provider, subject, attributes });
  const now = cognito.clock.now();
  const identity: Identity = {
    userId: subject,
    providerName: provider.name,
    providerType: provider.type,
    issuer: null,
    primary: true,
    dateCreated: now,
  };
  const user: User = {
    poolId: pool.poolId,
    username,
    sub: uuid(cognito.random),
    status: 'EXTERNAL_PROVIDER',
    enabled: true,
    attributes: {
      ...Object.fromEntries(attributes),
      [IDENTITIES]: JSON.stringify([identity]),
    },
    password: null,
    createdAt: now,
    modifiedAt: now,
  };
  cognito.users.save(user, []);
  joinGroupOf(cognito, provider, user);
  await postConfirmation(cognito, call, { source: 'PostConfirmation_ConfirmSignUp', user });
  return user;
}

function mapped({ attributeMapping }: IdentityProviderDefinition, claims: ProviderClaims): StringMap {
  const pairs = [...attributeMapping].flatMap(([attribute, claim]) => {
    const value = claims.get(claim);
    return attribute === 'username' || value === undefined ? [] : [[attribute, value] as const];
  });
  const attributes = new Map(pairs);
  // An address is as verified as the provider says, and not at all where it does not say.
  for (const address of ['email', 'phone_number']) {
    const flag = `${address}_verified`;
    if (attributes.has(address) && !attributes.has(flag)) attributes.set(flag, 'false');
  }
  return attributes;
}

interface Returning {
  readonly user: User;
  readonly provider: IdentityProviderDefinition;
  readonly subject: string;
  readonly attributes: StringMap;
}

function returning(cognito: Cognito, pool: Pool, { user, provider, subject, attributes }: Returning): User {
  const isTheirs = readIdentities(user.attributes).some(
    ({ providerName, userId }) => providerName === provider.name && userId === subject,
  );
  // Who signed up under this very name, or whose subject differs by case alone, is somebody else.
  if (!isTheirs) throw invalidParameter('The name of this user is taken by another user of the pool.');
  if (!user.enabled) throw userDisabled();
  checkAttributes(pool, attributes, { existing: user });
  return changeUser(cognito, pool, {
    username: user.username,
    change: { attributes: mergeAttributes(user, attributes) },
  });
}

/** Cognito makes a group for each provider, and those who come from there belong to it. */
function joinGroupOf(
  { groups, clock }: Cognito,
  provider: IdentityProviderDefinition,
  { poolId, username }: User,
): void {
  const name = `${poolId}_${provider.name}`;
  if (!groups.find(poolId, name)) groups.save({ poolId, name }, clock.now());
  groups.join(poolId, username, name);
}
