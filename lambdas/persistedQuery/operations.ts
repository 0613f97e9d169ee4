import manifest from '../../schema/operations/manifest.json' with { type: 'json' };
import type { Manifest, PublicOperation } from '../../schema/persistedOperations.ts';

const operations = new Map(Object.entries(manifest as Manifest));

/** The public operation with that hash. There is no telling a private one from none. */
export function publicOperation(hash: string): PublicOperation | undefined {
  const found = operations.get(hash);
  return found?.public ? found : undefined;
}
