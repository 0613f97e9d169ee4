import { unzipSync } from 'fflate';
import { AwsError } from '../../aws/error.ts';
import { MAX_UNZIPPED_BYTES } from './limits.ts';

/**
 * A deployment package in memory: path in the archive to bytes. Nothing is ever written to disk, so a path that climbs
 * out of its folder has nowhere to go.
 */
export type Archive = ReadonlyMap<string, Uint8Array>;

/** Throws `AwsError` `InvalidParameterValueException` with the Terraform address. */
export function openArchive(zip: Uint8Array, address: string): Archive {
  let total = 0;
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(zip, {
      // Sizes are taken from the directory before anything is inflated: a bomb is refused, not unpacked.
      filter: ({ name, originalSize }) => {
        total += originalSize;
        if (total > MAX_UNZIPPED_BYTES) throw new ArchiveTooLarge();
        return !name.endsWith('/');
      },
    });
  } catch (error) {
    const problem =
      error instanceof ArchiveTooLarge
        ? `the unzipped code must be smaller than ${MAX_UNZIPPED_BYTES} bytes`
        : 'the code is not a readable ZIP archive';
    throw new AwsError('InvalidParameterValueException', `${address}: ${problem}`);
  }
  return new Map(Object.entries(entries));
}

class ArchiveTooLarge extends Error {}
