/** A header's value as an encoded word where it is not ASCII. https://www.rfc-editor.org/rfc/rfc2047 */
export function encodeHeader(value: string): string {
  return /^[ -~]*$/.test(value) ? value : `=?UTF-8?B?${Buffer.from(value).toString('base64')}?=`;
}
