/** AppSync runs on graphql-java: values in its messages, and maps in String fields, look as Java prints them. */
export function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${key}=${javaText(member)}`)
      .join(', ')}}`;
  }
  return String(value);
}

/** The simple name of the Java class that holds the value. */
export function javaTypeName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'String';
    case 'boolean':
      return 'Boolean';
    case 'number':
      return Number.isInteger(value) ? (Math.abs(value) <= 2_147_483_647 ? 'Integer' : 'Long') : 'Double';
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'ArrayList' : 'LinkedHashMap';
    default:
      return 'Object';
  }
}
