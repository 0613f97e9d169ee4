import { argumentsOf, ConfigurationError, type ResolvedResource } from '../../resources/resourceType.ts';
import type { DeclaredObject } from '../../services/s3/index.ts';
import type { ResourceSet } from '../resourceSet.ts';
import { refuse } from './buckets.ts';

/** Arguments that become headers of the object. */
const HEADERS = {
  cache_control: 'cache-control',
  content_disposition: 'content-disposition',
  content_encoding: 'content-encoding',
  content_language: 'content-language',
  content_type: 'content-type',
  server_side_encryption: 'x-amz-server-side-encryption',
  storage_class: 'x-amz-storage-class',
} as const;

const REFUSED = ['acl', 'object_lock_mode', 'object_lock_legal_hold_status', 'tags', 'website_redirect'];

/** The objects that the Terraform puts itself. `readAsset` reads a file beside the stack. */
export function declaredObjects(
  resources: ResourceSet,
  readAsset: (resource: ResolvedResource, path: string) => Uint8Array,
): DeclaredObject[] {
  return resources.ofType('aws_s3_object').map((resource) => {
    const read = argumentsOf(resource);
    refuse(resource, REFUSED);
    const bucket = read.string('bucket');
    resources.find('aws_s3_bucket', 'bucket', bucket, `${resource.address}.bucket`);
    const headers = Object.entries(HEADERS).flatMap(([argument, header]) => {
      const value = read.optionalString(argument);
      return value === undefined ? [] : [[header, value] as const];
    });
    return {
      address: resource.address,
      bucket,
      key: read.string('key'),
      content: contentOf(resource, readAsset),
      headers: Object.fromEntries(headers),
      metadata: read.stringMap('metadata'),
    };
  });
}

function contentOf(
  resource: ResolvedResource,
  readAsset: (resource: ResolvedResource, path: string) => Uint8Array,
): Uint8Array {
  const read = argumentsOf(resource);
  const [content, base64, source] = ['content', 'content_base64', 'source'].map((name) => read.optionalString(name));
  const given = [content, base64, source].filter((value) => value !== undefined);
  if (given.length > 1)
    throw new ConfigurationError(`${resource.address}: only one of content, content_base64 and source.`);
  if (source !== undefined) return readAsset(resource, source);
  return base64 === undefined ? Buffer.from(content ?? '') : Buffer.from(base64, 'base64');
}
