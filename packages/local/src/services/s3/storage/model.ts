import type { Checksum } from '../body/checksums.ts';
import type { Encryption } from '../definition.ts';
import type { Segment } from './blobs.ts';

/** What an object has beside its content, as its writer gave it. */
export interface ObjectAttributes {
  /** `content-type`, `cache-control` and the like, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names in lower case, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly encryption: Encryption;
  readonly storageClass: string;
  readonly checksum: Checksum | null;
  /** How many parts it was sent in; null: in one piece. */
  readonly parts: number | null;
}

export interface NewObject {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly segments: readonly Segment[];
  readonly attributes: ObjectAttributes;
}

/** One version of an object, or a marker that it was deleted. */
export interface StoredObject extends NewObject {
  readonly sequence: number;
  /** `null` for a version from before versioning, or without it. */
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly isMarker: boolean;
  /** Epoch milliseconds. */
  readonly modified: number;
}

/** The version id of objects that are not versioned. */
export const NULL_VERSION = 'null';
