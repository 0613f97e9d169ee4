import type { JsonValue } from '../../json.ts';
import type { IdentityProviderDefinition } from './config.ts';
import type { User } from './store/users.ts';

/** The attribute that says where a user comes from: JSON of a list. */
export const IDENTITIES = 'identities';

/** One account of a user elsewhere. */
export interface Identity {
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: IdentityProviderDefinition['type'];
  /** A SAML provider's; null for the others. */
  readonly issuer: null;
  readonly primary: boolean;
  /** Epoch milliseconds. */
  readonly dateCreated: number;
}

export const readIdentities = (attributes: User['attributes']): readonly Identity[] =>
  JSON.parse(attributes[IDENTITIES] ?? '[]') as Identity[];

/** In ID tokens the same list, with texts for what is none. Developer guide, "Understanding the identity (ID) token" */
export const identitiesClaim = (attributes: User['attributes']): JsonValue =>
  readIdentities(attributes).map(({ primary, dateCreated, ...identity }) => ({
    ...identity,
    primary: String(primary),
    dateCreated: String(dateCreated),
  }));
