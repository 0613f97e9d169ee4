import {
  CognitoIdentityProvider,
  type CognitoIdentityProviderConfig,
  type CognitoUserPool,
  Construct,
  TerraformVariable,
} from '../aws.ts';
import type { SocialProvider } from '../socialSignIn.ts';
import type { Stack } from '../stacks/stack.ts';

/**
 * Sign-in by accounts elsewhere. The ids are the stage's settings; the secrets are variables that Terraform is given
 * (`TF_VAR_google_client_secret` and so on) and, as it does with every argument, keeps in its state: Cognito takes them no other
 * way. The state is encrypted and nobody's but the deployers' (docs/deploy.md).
 */
export function socialProviders(
  stack: Stack,
  pool: CognitoUserPool,
  providers: readonly SocialProvider[],
): CognitoIdentityProvider[] {
  const scope = new Construct(stack, 'sign_in_with');
  return providers.map(
    (provider) =>
      new CognitoIdentityProvider(scope, provider.name, {
        userPoolId: pool.id,
        providerName: provider.name,
        ...settingsOf(stack, provider),
      }),
  );
}

/** Claims by the pool's attributes; who they are is `sub` at each. */
const PROFILE = { username: 'sub', email: 'email', name: 'name' };

type Settings = Pick<CognitoIdentityProviderConfig, 'providerType' | 'providerDetails' | 'attributeMapping'>;

function settingsOf(stack: Stack, provider: SocialProvider): Settings {
  switch (provider.name) {
    case 'Google':
      return {
        providerType: 'Google',
        providerDetails: {
          client_id: provider.clientId,
          client_secret: secret(stack, 'google_client_secret', 'The client secret of the OAuth client at Google.'),
          authorize_scopes: 'openid email profile',
        },
        // Google has checked the address, so mail may go there.
        attributeMapping: { ...PROFILE, email_verified: 'email_verified' },
      };
    case 'LINE':
      return {
        providerType: 'OIDC',
        providerDetails: {
          client_id: provider.clientId,
          client_secret: secret(stack, 'line_channel_secret', 'The channel secret of the LINE Login channel.'),
          authorize_scopes: 'openid email profile',
          oidc_issuer: 'https://access.line.me',
          attributes_request_method: 'GET',
        },
        attributeMapping: PROFILE,
      };
    case 'SignInWithApple':
      return {
        providerType: 'SignInWithApple',
        providerDetails: {
          client_id: provider.servicesId,
          team_id: provider.teamId,
          key_id: provider.keyId,
          private_key: secret(stack, 'apple_private_key', 'The private key of the key at Apple, the text of its file.'),
          authorize_scopes: 'email name',
        },
        attributeMapping: { ...PROFILE, email_verified: 'email_verified' },
      };
  }
}

function secret(stack: Stack, name: string, description: string): string {
  return new TerraformVariable(stack, name, { type: 'string', sensitive: true, nullable: false, description })
    .stringValue;
}
