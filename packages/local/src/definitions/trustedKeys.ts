import type { JsonObject } from '../json.ts';
import { argumentsOf, type ResolvedResource } from '../resources/resourceType.ts';
import type { TrustedKey } from '../services/cloudfront/index.ts';
import type { ResourceSet } from './resourceSet.ts';

/** The public keys of the distributions' key groups. */
export function publicKeys(resources: ResourceSet): TrustedKey[] {
  return resources.ofType('aws_cloudfront_public_key').map(publicKey);
}

/** The keys that a behavior trusts; null: it asks for none. */
export function trustedKeys(resources: ResourceSet, behavior: JsonObject, address: string): TrustedKey[] | null {
  const groups = [behavior['trusted_key_groups'] ?? []].flat().map(String);
  if (groups.length === 0) return null;
  return groups.flatMap((id) => {
    const group = resources.find('aws_cloudfront_key_group', 'id', id, `${address}.trusted_key_groups`);
    return argumentsOf(group)
      .strings('items')
      .map((item) => publicKey(resources.find('aws_cloudfront_public_key', 'id', item, `${group.address}.items`)));
  });
}

function publicKey(resource: ResolvedResource): TrustedKey {
  const read = argumentsOf(resource);
  return {
    id: String(resource.attributes['id']),
    address: resource.address,
    encodedKey: read.string('encoded_key'),
    privateKeyParameter: PARAMETER.exec(read.optionalString('comment') ?? '')?.[1] ?? null,
  };
}

/** `private key in the parameter /app/cdn-private-key`: Terraform itself has no place to say where a private half is. */
const PARAMETER = /\bparameter (\/[\w./-]*[\w-])$/;
