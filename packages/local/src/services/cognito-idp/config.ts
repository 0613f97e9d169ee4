import type { Principal } from '../../aws/service.ts';

/** What the Terraform says about pools, clients and groups; times in seconds, ids as AWS writes them. */

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
  readonly temporaryPasswordValidityDays: number;
}

export type ContactAttribute = 'email' | 'phone_number';

/** The second factors that a pool can offer here. */
export type MfaFactor = 'SOFTWARE_TOKEN_MFA' | 'SMS_MFA';

export interface AttributeDefinition {
  /** `given_name`, or `custom:` and the Terraform's name. */
  readonly name: string;
  readonly dataType?: 'String' | 'Number' | 'Boolean' | 'DateTime';
  readonly required?: boolean;
  readonly mutable?: boolean;
  /** String attributes: characters. Number attributes: the value. */
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Function ARNs. */
export interface LambdaTriggers {
  readonly preSignUp?: string;
  readonly postConfirmation?: string;
  /** Gets the V2_0 event. */
  readonly preTokenGeneration?: string;
  readonly customMessage?: string;
}

/** Own texts of `verification_message_template` and `invite_message_template`; `{####}` stands for the code. */
export interface MessageTemplates {
  readonly verificationSubject?: string;
  readonly verificationMessage?: string;
  readonly verificationSmsMessage?: string;
  readonly inviteSubject?: string;
  readonly inviteMessage?: string;
  readonly inviteSmsMessage?: string;
}

export interface UserPoolDefinition {
  /** `us-east-1_Ab3dEf9hI`: the part after `_` is also SRP's pool name. */
  readonly poolId: string;
  readonly name: string;
  readonly arn: string;
  /** The Terraform address, for messages. */
  readonly address: string;
  readonly passwordPolicy: PasswordPolicy;
  readonly autoVerifiedAttributes: readonly ContactAttribute[];
  /** Sign-in by email or phone instead of a username; the username is then the `sub`. */
  readonly usernameAttributes?: readonly ContactAttribute[];
  /** Sign-in by username or by these, once verified. */
  readonly aliasAttributes?: readonly (ContactAttribute | 'preferred_username')[];
  /** AWS's default is true. */
  readonly usernameCaseSensitive?: boolean;
  readonly mfa: 'OFF' | 'OPTIONAL' | 'ON';
  /** What `mfa` offers or demands; not empty unless it is `OFF`. */
  readonly mfaFactors: readonly MfaFactor[];
  /** The role that text messages are sent as; absent: the pool sends none. */
  readonly sms?: { readonly principal: Principal; readonly externalId: string };
  /** Where the code for a forgotten password may go, first choice first; by default the phone, then the mailbox. */
  readonly recovery?: readonly ContactAttribute[];
  readonly adminCreateUserOnly?: boolean;
  /** Whether the pool has a domain, and with it the login page. */
  readonly hasDomain?: boolean;
  /** Where people may come from who have an account elsewhere. */
  readonly identityProviders?: readonly IdentityProviderDefinition[];
  readonly schema?: readonly AttributeDefinition[];
  readonly messages?: MessageTemplates;
  readonly lambdaTriggers: LambdaTriggers;
}

export interface UserPoolClientDefinition {
  readonly clientId: string;
  readonly poolId: string;
  readonly name: string;
  /** `ALLOW_USER_SRP_AUTH` and so on; empty means AWS's default: SRP, custom and refresh. */
  readonly explicitAuthFlows: readonly string[];
  readonly generateSecret?: boolean;
  /** AWS's default is `LEGACY`. */
  readonly preventUserExistenceErrors?: 'ENABLED' | 'LEGACY';
  readonly accessTokenValiditySeconds?: number;
  readonly idTokenValiditySeconds?: number;
  readonly refreshTokenValiditySeconds?: number;
  readonly authSessionValiditySeconds?: number;
  readonly enableTokenRevocation?: boolean;
  /** Every renewal gives a new refresh token, and the one it came with ends so many seconds later; absent: it stays. */
  readonly refreshTokenRotation?: { readonly retryGracePeriodSeconds: number };
  /** Absent: the client does not use the login page. */
  readonly oauth?: ClientOAuth;
  /** Absent: all. */
  readonly readAttributes?: readonly string[];
  readonly writeAttributes?: readonly string[];
}

/** What a client may ask of the login page: the code flow alone. */
export interface ClientOAuth {
  readonly scopes: readonly string[];
  /** Compared as they are written. */
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  /** `COGNITO` for passwords, and names of identity providers. */
  readonly identityProviders: readonly string[];
}

/** Of OpenID Connect all. */
export interface IdentityProviderDefinition {
  /** `Google`, or as the Terraform names it. */
  readonly name: string;
  readonly type: 'Google' | 'SignInWithApple' | 'OIDC';
  /** From the pool's attribute to the provider's claim; `username` to what tells its people apart. */
  readonly attributeMapping: ReadonlyMap<string, string>;
}

export interface GroupDefinition {
  readonly poolId: string;
  readonly name: string;
  readonly description?: string;
  /** Lower goes first. */
  readonly precedence?: number;
  readonly roleArn?: string;
}
