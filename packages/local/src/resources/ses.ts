import type { JsonObject } from '../json.ts';
import { argumentsOf, type AttributeContext, type DeclaredResource } from './resourceType.ts';

export function emailIdentityAttributes(resource: DeclaredResource, { account, makeId }: AttributeContext): JsonObject {
  const name = argumentsOf(resource).string('email_identity');
  return {
    id: name,
    arn: `arn:aws:ses:${account.region}:${account.accountId}:identity/${name}`,
    identity_type: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
    verification_status: 'SUCCESS',
    verified_for_sending_status: true,
    dkim_signing_attributes: [
      {
        current_signing_key_length: 'RSA_2048_BIT',
        next_signing_key_length: 'RSA_2048_BIT',
        signing_attributes_origin: 'AWS_SES',
        status: 'SUCCESS',
        tokens: [1, 2, 3].map((number) => makeId(`${resource.address}/dkim/${number}`, 32)),
      },
    ],
  };
}

export function configurationSetAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const name = argumentsOf(resource).string('configuration_set_name');
  return { id: name, arn: `arn:aws:ses:${account.region}:${account.accountId}:configuration-set/${name}` };
}

export function accountSuppressionAttributes(_resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  return { id: account.accountId };
}

export function templateAttributes(resource: DeclaredResource, { account }: AttributeContext): JsonObject {
  const name = argumentsOf(resource).string('name');
  return { id: name, arn: `arn:aws:ses:${account.region}:${account.accountId}:template/${name}` };
}
