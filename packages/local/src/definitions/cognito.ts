import type { JsonObject } from '../json.ts';
import { argumentsOf, ConfigurationError, isObject, type ResolvedResource } from '../resources/resourceType.ts';
import type {
  AttributeDefinition,
  ClientOAuth,
  ContactAttribute,
  GroupDefinition,
  IdentityProviderDefinition,
  LambdaTriggers,
  MessageTemplates,
  MfaFactor,
  PasswordPolicy,
  UserPoolClientDefinition,
  UserPoolDefinition,
} from '../services/cognito-idp/config.ts';
import { principalOfRole } from './principals.ts';
import type { ResourceSet } from './resourceSet.ts';

export interface CognitoDefinition {
  readonly pools: readonly UserPoolDefinition[];
  readonly clients: readonly UserPoolClientDefinition[];
  readonly groups: readonly GroupDefinition[];
}

export function cognitoDefinition(resources: ResourceSet): CognitoDefinition {
  return {
    pools: resources.ofType('aws_cognito_user_pool').map((resource) => pool(resources, resource)),
    clients: resources
      .ofType('aws_cognito_user_pool_client')
      .map((resource) => client(resource, tierOf(resources, resource))),
    groups: resources.ofType('aws_cognito_user_group').map(group),
  };
}

function pool(resources: ResourceSet, resource: ResolvedResource): UserPoolDefinition {
  const read = argumentsOf(resource);
  const adminOnly = read.block('admin_create_user_config')?.['allow_admin_create_user_only'];
  const caseSensitive = read.block('username_configuration')?.['case_sensitive'];
  return {
    poolId: String(resource.attributes['id']),
    arn: String(resource.attributes['arn']),
    address: resource.address,
    name: read.string('name'),
    passwordPolicy: passwordPolicy(read.block('password_policy')),
    autoVerifiedAttributes: read.strings('auto_verified_attributes') as ContactAttribute[],
    usernameAttributes: read.strings('username_attributes') as ContactAttribute[],
    aliasAttributes: read.strings('alias_attributes') as ContactAttribute[],
    usernameCaseSensitive: caseSensitive !== false,
    ...mfa(resource),
    hasDomain: hasDomain(resources, String(resource.attributes['id'])),
    identityProviders: identityProviders(resources, String(resource.attributes['id'])),
    ...defined({ sms: sms(resources, resource), recovery: recovery(resource) }),
    adminCreateUserOnly: adminOnly === true,
    messages: messages(read.block('verification_message_template'), read.block('admin_create_user_config')),
    schema: read.blocks('schema').map((block) => attribute(resource, block)),
    lambdaTriggers: triggers(resource, read.block('lambda_config') ?? {}),
  };
}

/** AWS, too, refuses a second factor that nothing can carry. */
function mfa(resource: ResolvedResource): Pick<UserPoolDefinition, 'mfa' | 'mfaFactors'> {
  const read = argumentsOf(resource);
  const mode = read.optionalString('mfa_configuration') ?? 'OFF';
  if (mode !== 'OFF' && mode !== 'OPTIONAL' && mode !== 'ON') {
    throw new ConfigurationError(`${resource.address}.mfa_configuration must be OFF, OPTIONAL or ON, not "${mode}"`);
  }
  const mfaFactors: MfaFactor[] = [];
  if (read.block('software_token_mfa_configuration')?.['enabled'] === true) mfaFactors.push('SOFTWARE_TOKEN_MFA');
  // The provider offers text messages as a factor wherever the pool can send any.
  if (read.block('sms_configuration')) mfaFactors.push('SMS_MFA');
  if (mode !== 'OFF' && mfaFactors.length === 0) {
    throw new ConfigurationError(
      `${resource.address}.mfa_configuration is ${mode} without a factor: add software_token_mfa_configuration.`,
    );
  }
  return { mfa: mode, mfaFactors };
}

const hasDomain = (resources: ResourceSet, poolId: string): boolean =>
  resources.ofType('aws_cognito_user_pool_domain').some(({ args }) => args['user_pool_id'] === poolId);

function identityProviders(resources: ResourceSet, poolId: string): readonly IdentityProviderDefinition[] {
  const own = resources.ofType('aws_cognito_identity_provider').filter(({ args }) => args['user_pool_id'] === poolId);
  return own.map((resource) => {
    const read = argumentsOf(resource);
    const type = read.string('provider_type');
    if (!isProviderType(type)) {
      throw new ConfigurationError(`${resource.address}.provider_type ${type} is not emulated by @hiroba/local.`);
    }
    const mapping = resource.args['attribute_mapping'];
    const mapped = isObject(mapping) ? Object.entries(mapping) : [];
    return {
      name: read.string('provider_name'),
      type,
      attributeMapping: new Map(mapped.map(([to, from]) => [to, String(from)])),
    };
  });
}

const PROVIDER_TYPES = ['Google', 'SignInWithApple', 'OIDC'] as const;
const isProviderType = (type: string): type is IdentityProviderDefinition['type'] =>
  PROVIDER_TYPES.some((known) => known === type);

function sms(resources: ResourceSet, resource: ResolvedResource): UserPoolDefinition['sms'] | undefined {
  const block = argumentsOf(resource).block('sms_configuration');
  if (!block) return undefined;
  const read = argumentsOf({ ...resource, address: `${resource.address}.sms_configuration`, args: block });
  const principal = principalOfRole(resources, read.string('sns_caller_arn'), resource.address);
  return { principal, externalId: read.string('external_id') };
}

function recovery(resource: ResolvedResource): readonly ContactAttribute[] | undefined {
  const block = argumentsOf(resource).block('account_recovery_setting');
  if (!block) return undefined;
  const read = argumentsOf({ ...resource, args: block });
  return read
    .blocks('recovery_mechanism')
    .toSorted((a, b) => Number(a['priority']) - Number(b['priority']))
    .flatMap(({ name }) => RECOVERY[String(name)] ?? []);
}

/** `admin_only` is none of them: nobody is sent a code then. */
const RECOVERY: Readonly<Record<string, ContactAttribute>> = {
  verified_email: 'email',
  verified_phone_number: 'phone_number',
};

/** Own texts; what is left out has Cognito's. */
function messages(verification: JsonObject = {}, admin: JsonObject = {}): MessageTemplates {
  const invites = admin['invite_message_template'];
  const invite = (Array.isArray(invites) ? invites[0] : invites) ?? {};
  const inviteBlock = isObject(invite) ? invite : {};
  return Object.fromEntries(
    Object.entries({
      verificationSubject: verification['email_subject'],
      verificationMessage: verification['email_message'],
      verificationSmsMessage: verification['sms_message'],
      inviteSubject: inviteBlock['email_subject'],
      inviteMessage: inviteBlock['email_message'],
      inviteSmsMessage: inviteBlock['sms_message'],
    }).filter(([, text]) => typeof text === 'string'),
  );
}

/** Cognito's defaults where the block or a member is missing. */
function passwordPolicy(block: JsonObject = {}): PasswordPolicy {
  return {
    minimumLength: Number(block['minimum_length'] ?? 8),
    requireLowercase: block['require_lowercase'] !== false,
    requireUppercase: block['require_uppercase'] !== false,
    requireNumbers: block['require_numbers'] !== false,
    requireSymbols: block['require_symbols'] !== false,
    temporaryPasswordValidityDays: Number(block['temporary_password_validity_days'] ?? 7),
  };
}

function attribute(resource: ResolvedResource, block: JsonObject): AttributeDefinition {
  const read = argumentsOf({ ...resource, args: block });
  const name = read.string('name');
  const text = read.block('string_attribute_constraints');
  const number = read.block('number_attribute_constraints');
  const minimum = text?.['min_length'] ?? number?.['min_value'];
  const maximum = text?.['max_length'] ?? number?.['max_value'];
  return {
    name: STANDARD_ATTRIBUTES.has(name) ? name : `custom:${name}`,
    dataType: read.string('attribute_data_type') as NonNullable<AttributeDefinition['dataType']>,
    required: read.boolean('required', false),
    mutable: read.boolean('mutable', true),
    ...(minimum === undefined ? {} : { minimum: Number(minimum) }),
    ...(maximum === undefined ? {} : { maximum: Number(maximum) }),
  };
}

/** OpenID Connect's standard claims; any other name in a pool's schema is a custom attribute. */
const STANDARD_ATTRIBUTES: ReadonlySet<string> = new Set(
  (
    'address birthdate email family_name gender given_name locale middle_name name nickname phone_number picture ' +
    'preferred_username profile updated_at website zoneinfo'
  ).split(' '),
);

function triggers(resource: ResolvedResource, block: JsonObject): LambdaTriggers {
  const unknown = Object.keys(block).filter((name) => block[name] !== null && !TRIGGERS.has(name));
  if (unknown.length > 0) {
    throw new ConfigurationError(`${resource.address}.lambda_config.${unknown[0]} is not emulated by @hiroba/local.`);
  }
  const v2 = block['pre_token_generation_config'];
  const config = Array.isArray(v2) ? v2[0] : v2;
  const preTokenGeneration =
    typeof config === 'object' && config !== null && !Array.isArray(config)
      ? config['lambda_arn']
      : block['pre_token_generation'];
  const arns = {
    preSignUp: block['pre_sign_up'],
    postConfirmation: block['post_confirmation'],
    customMessage: block['custom_message'],
    preTokenGeneration,
  };
  return Object.fromEntries(Object.entries(arns).filter(([, arn]) => typeof arn === 'string'));
}

const TRIGGERS: ReadonlySet<string> = new Set([
  'pre_sign_up',
  'post_confirmation',
  'custom_message',
  'pre_token_generation',
  'pre_token_generation_config',
]);

/** `ESSENTIALS` is what AWS gives a pool that says nothing. */
function tierOf(resources: ResourceSet, client: ResolvedResource): string {
  const pool = resources
    .ofType('aws_cognito_user_pool')
    .find(({ attributes }) => attributes['id'] === client.args['user_pool_id']);
  return (pool && argumentsOf(pool).optionalString('user_pool_tier')) ?? 'ESSENTIALS';
}

function client(resource: ResolvedResource, tier: string): UserPoolClientDefinition {
  const read = argumentsOf(resource);
  const units = read.block('token_validity_units') ?? {};
  const seconds = (argument: string, unit: string, fallbackUnit: Unit): number | undefined => {
    const value = read.number(argument, 0);
    return value === 0 ? undefined : value * UNIT_SECONDS[(units[unit] as Unit | undefined) ?? fallbackUnit];
  };
  const prevent = read.optionalString('prevent_user_existence_errors');
  const minutes = read.number('auth_session_validity', 0);
  return {
    clientId: String(resource.attributes['id']),
    poolId: read.string('user_pool_id'),
    name: read.string('name'),
    explicitAuthFlows: read.strings('explicit_auth_flows'),
    generateSecret: read.boolean('generate_secret', false),
    enableTokenRevocation: read.boolean('enable_token_revocation', true),
    ...defined({
      refreshTokenRotation: rotation(resource, tier),
      oauth: oauth(resource),
      preventUserExistenceErrors: prevent === undefined ? undefined : existenceErrors(resource, prevent),
      accessTokenValiditySeconds: seconds('access_token_validity', 'access_token', 'hours'),
      idTokenValiditySeconds: seconds('id_token_validity', 'id_token', 'hours'),
      refreshTokenValiditySeconds: seconds('refresh_token_validity', 'refresh_token', 'days'),
      authSessionValiditySeconds: minutes === 0 ? undefined : minutes * 60,
      readAttributes: resource.args['read_attributes'] === undefined ? undefined : read.strings('read_attributes'),
      writeAttributes: resource.args['write_attributes'] === undefined ? undefined : read.strings('write_attributes'),
    }),
  };
}

/** The code flow, when the client uses the login page at all. */
function oauth(resource: ResolvedResource): ClientOAuth | undefined {
  const read = argumentsOf(resource);
  if (!read.boolean('allowed_oauth_flows_user_pool_client', false)) return undefined;
  const other = read.strings('allowed_oauth_flows').find((flow) => flow !== 'code');
  if (other !== undefined) {
    throw new ConfigurationError(
      `${resource.address}.allowed_oauth_flows: the flow ${other} is not emulated by @hiroba/local, only code is.`,
    );
  }
  return {
    scopes: read.strings('allowed_oauth_scopes'),
    callbackUrls: read.strings('callback_urls'),
    logoutUrls: read.strings('logout_urls'),
    identityProviders: read.strings('supported_identity_providers'),
  };
}

/** AWS, too, refuses it in the cheapest tier. */
function rotation(
  resource: ResolvedResource,
  tier: string,
): UserPoolClientDefinition['refreshTokenRotation'] | undefined {
  const block = argumentsOf(resource).block('refresh_token_rotation');
  if (block?.['feature'] !== 'ENABLED') return undefined;
  if (tier === 'LITE') {
    throw new ConfigurationError(
      `${resource.address}.refresh_token_rotation needs a pool with user_pool_tier ESSENTIALS or PLUS, not LITE.`,
    );
  }
  return { retryGracePeriodSeconds: argumentsOf({ ...resource, args: block }).number('retry_grace_period_seconds', 0) };
}

type Unit = keyof typeof UNIT_SECONDS;
const UNIT_SECONDS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;

function existenceErrors(resource: ResolvedResource, value: string): 'ENABLED' | 'LEGACY' {
  if (value === 'ENABLED' || value === 'LEGACY') return value;
  throw new ConfigurationError(
    `${resource.address}.prevent_user_existence_errors must be ENABLED or LEGACY, not "${value}"`,
  );
}

function group(resource: ResolvedResource): GroupDefinition {
  const read = argumentsOf(resource);
  return {
    poolId: read.string('user_pool_id'),
    name: read.string('name'),
    ...defined({
      description: read.optionalString('description'),
      precedence: resource.args['precedence'] === undefined ? undefined : read.number('precedence', 0),
      roleArn: read.optionalString('role_arn'),
    }),
  };
}

/** Leaves members without a value out, so that the service's defaults hold. */
function defined<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
