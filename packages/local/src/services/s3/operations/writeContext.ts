/** Headers whose values policies may ask for, under their own names. */
const CONDITION_HEADERS = [
  'x-amz-acl',
  'x-amz-content-sha256',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-storage-class',
  'if-match',
  'if-none-match',
];

/**
 * The condition keys of a write. `creates`: whether the request makes an object by itself, as a part of an upload does not.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
 */
export function writeContext(fields: ReadonlyMap<string, string>, creates: boolean): Record<string, string> {
  const entries = CONDITION_HEADERS.flatMap((name) => {
    const value = fields.get(name);
    return value === undefined ? [] : [[`s3:${name}`, value] as const];
  });
  return { ...Object.fromEntries(entries), 's3:ObjectCreationOperation': String(creates) };
}
