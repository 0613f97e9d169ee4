import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import type {
  AuthType,
  IdentityPoolDefinition,
  IdentityRole,
  LoginProvider,
} from '../services/cognito-identity/index.ts';
import { refuseArguments } from './refuseArguments.ts';
import type { ResourceSet } from './resourceSet.ts';

const OTHER_PROVIDERS = [
  'developer_provider_name',
  'openid_connect_provider_arns',
  'saml_provider_arns',
  'supported_login_providers',
];

/** The identity pools, each with the user pools whose tokens it takes and the roles that it gives. */
export function identityPoolDefinitions(resources: ResourceSet): IdentityPoolDefinition[] {
  return resources.ofType('aws_cognito_identity_pool').map((resource) => {
    const read = argumentsOf(resource);
    refuseArguments(resource, OTHER_PROVIDERS);
    if (read.boolean('allow_classic_flow', false)) {
      throw new ConfigurationError(
        `${resource.address}.allow_classic_flow is not emulated by @hiroba/local: clients use the enhanced flow.`,
      );
    }
    const identityPoolId = String(resource.attributes['id']);
    return {
      identityPoolId,
      address: resource.address,
      allowsGuests: read.boolean('allow_unauthenticated_identities', false),
      providers: read.blocks('cognito_identity_providers').map((block) => provider(resources, resource, block)),
      roles: roles(resources, identityPoolId),
    };
  });
}

function provider(
  resources: ResourceSet,
  { address, ...resource }: ResolvedResource,
  args: ResolvedResource['args'],
): LoginProvider {
  const at = `${address}.cognito_identity_providers`;
  const read = argumentsOf({ ...resource, address: at, args });
  const name = read.string('provider_name');
  const userPool = resources.find('aws_cognito_user_pool', 'endpoint', name, `${at}.provider_name`);
  const client = resources.find('aws_cognito_user_pool_client', 'id', read.string('client_id'), `${at}.client_id`);
  return {
    name,
    userPoolId: String(userPool.attributes['id']),
    clientId: String(client.attributes['id']),
    serverSideTokenCheck: read.boolean('server_side_token_check', false),
  };
}

function roles(resources: ResourceSet, identityPoolId: string): IdentityPoolDefinition['roles'] {
  const attachments = resources
    .ofType('aws_cognito_identity_pool_roles_attachment')
    .filter(({ args }) => args['identity_pool_id'] === identityPoolId);
  const role = (type: AuthType): IdentityRole | undefined => {
    const [found] = attachments.flatMap((attachment) => roleOf(resources, attachment, type) ?? []);
    return found;
  };
  return { authenticated: role('authenticated'), unauthenticated: role('unauthenticated') };
}

function roleOf(resources: ResourceSet, attachment: ResolvedResource, type: AuthType): IdentityRole | undefined {
  refuseArguments(attachment, ['role_mapping']);
  const arn = argumentsOf(attachment).stringMap('roles')[type];
  if (arn === undefined) return undefined;
  const role = resources.find('aws_iam_role', 'arn', arn, `${attachment.address}.roles`);
  return {
    principal: { arn, address: role.address },
    uniqueId: String(role.attributes['unique_id']),
  };
}
