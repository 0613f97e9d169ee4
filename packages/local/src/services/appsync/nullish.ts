/** graphql-js says "none" with null in some places and with undefined in others, and JSON from clients has both. */
export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
