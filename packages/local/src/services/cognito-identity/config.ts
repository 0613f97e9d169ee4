import type { Principal } from '../../aws/service.ts';

/** A user pool whose tokens the identity pool takes. */
export interface LoginProvider {
  /** `cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEf9hI` */
  readonly name: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Whether tokens of users who signed out or are gone are refused before they expire. */
  readonly serverSideTokenCheck: boolean;
}

export type AuthType = 'authenticated' | 'unauthenticated';

export interface IdentityPoolDefinition {
  /** `us-east-1:` and a UUID. */
  readonly identityPoolId: string;
  readonly address: string;
  readonly allowsGuests: boolean;
  readonly providers: readonly LoginProvider[];
  /** Undefined where none is attached. */
  readonly roles: { readonly [type in AuthType]: IdentityRole | undefined };
}

export interface IdentityRole {
  readonly principal: Principal;
  /** `AROA...`, by which AWS tells a role from a later one of the same name. */
  readonly uniqueId: string;
}
