/** Parameters of Systems Manager that functions read while they run, by the ends of their names. */
export const parameters = {
  /** Scheme and host of the site and the CDN. The edge stack writes it, which is made after the functions. */
  siteUrl: 'site-url',
  /** Which key the CDN verifies cookies with, as it calls it. The edge stack writes it. */
  cdnKeyPairId: 'cdn-key-pair-id',
  /** PEM of the private half. A person writes it: Terraform neither makes nor reads it, so no state has it. */
  cdnPrivateKey: 'cdn-private-key',
} as const;

export type ParameterKey = keyof typeof parameters;

export function parameterName(namePrefix: string, key: ParameterKey): string {
  return `/${namePrefix}/${parameters[key]}`;
}
