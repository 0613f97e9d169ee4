import { ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';

/** The resolved resources of all stacks, looked up by type or by what refers to them. */
export interface ResourceSet {
  ofType(type: string): readonly ResolvedResource[];
  /** The one resource of that type whose attribute has that value; an error that names `from` when there is none. */
  find(type: string, attribute: string, value: string, from: string): ResolvedResource;
}

export function resourceSet(resources: readonly ResolvedResource[]): ResourceSet {
  const byType = Map.groupBy(resources, (resource) => resource.type);
  const ofType = (type: string): readonly ResolvedResource[] => byType.get(type) ?? [];
  return {
    ofType,
    find(type, attribute, value, from) {
      const found = ofType(type).find((resource) => resource.attributes[attribute] === value);
      if (found) return found;
      throw new ConfigurationError(
        `${from} needs an ${type} whose ${attribute} is "${value}", and the Terraform has none. ` +
          `It has: ${
            ofType(type)
              .map((resource) => `${resource.address} (${String(resource.attributes[attribute])})`)
              .join(', ') || 'no such resource'
          }.`,
      );
    },
  };
}
