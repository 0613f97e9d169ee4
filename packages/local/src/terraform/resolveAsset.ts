import { statSync } from 'node:fs';
import { confine } from './confine.ts';
import type { Resource } from './configuration.ts';
import { TerraformError } from './error.ts';

/**
 * The absolute path of an asset (`assets/alarm/4F1C.../archive.zip`) that a resource names relative to its stack's
 * working directory. Assets lie inside that directory: what leads out of it is refused.
 */
export function resolveAsset(resource: Pick<Resource, 'address' | 'directory' | 'file'>, path: string): string {
  const { address, directory, file } = resource;
  const asset = confine(directory, path);
  if (asset === undefined) {
    throw new TerraformError(
      `${address} names the file "${path}", which lies outside of its stack's folder ${directory}. ` +
        'Make it an asset of the stack (TerraformAsset), so that it is copied into that folder.',
      { address, file },
    );
  }
  if (statSync(asset, { throwIfNoEntry: false }) === undefined) {
    throw new TerraformError(
      `${address} names the file "${path}", which does not exist in ${directory}. Synthesize the Terraform again.`,
      {
        address,
        file,
      },
    );
  }
  return asset;
}
