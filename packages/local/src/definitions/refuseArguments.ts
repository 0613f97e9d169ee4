import { ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';

/** What would be ignored here and matters on AWS stops the start. */
export function refuseArguments(resource: ResolvedResource, names: readonly string[]): void {
  for (const name of names) {
    const value = resource.args[name];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    throw new ConfigurationError(`${resource.address}.${name} is not emulated by @hiroba/local.`);
  }
}
