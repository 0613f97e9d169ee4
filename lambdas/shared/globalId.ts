/** The API's ids: base64url, without padding, of the type's name and the parts of the full key, joined by colons. */
export function globalId(
  type: 'User' | 'Post' | 'Comment' | 'Notification' | 'Photo',
  ...key: readonly string[]
): string {
  return Buffer.from([type, ...key].join(':')).toString('base64url');
}
