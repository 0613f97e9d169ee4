import type { StreamedReply } from '../../../aws/streamedService.ts';
import { preconditionFailed } from '../errors.ts';
import { writeCondition } from '../preconditions.ts';
import type { StoredObject } from '../storage/model.ts';
import type { BucketDefinition } from '../definition.ts';
import type { EventSource } from '../events/eventRecord.ts';
import type { ObjectRows } from '../storage/objects.ts';
import { type Changes, emptyReply, eventSource, objectArn, type ObjectCall, type Tools } from './call.ts';

export async function deleteObject(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  const { versionId, isMarker } = await removeObject(call, tools, call.query.get('versionId'));
  return emptyReply(204, {
    ...(versionId === null ? {} : { 'x-amz-version-id': versionId }),
    ...(isMarker ? { 'x-amz-delete-marker': 'true' } : {}),
  });
}

/** What a deletion did: the version that it removed or the marker that it left. Without versioning there is none to tell. */
export interface Removal {
  readonly versionId: string | null;
  readonly isMarker: boolean;
}

/** What is not there is deleted all the same. Throws `AccessDenied`, `PreconditionFailed`. */
export async function removeObject(call: ObjectCall, tools: Tools, versionId: string | undefined): Promise<Removal> {
  const action = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  await tools.authorize(call, action, objectArn(call), versionId === undefined ? {} : { 's3:VersionId': versionId });
  return versionId === undefined ? hideObject(call, tools) : eraseVersion(call, tools, versionId);
}

function hideObject(call: ObjectCall, tools: Tools): Removal {
  const { bucket, key } = call;
  return tools.change((changes) => {
    refuseOther(call, tools.rows.latest(bucket.name, key));
    const marker = hide(tools.rows, changes, { bucket, key, kind: 'ObjectRemoved', source: eventSource(call) });
    return { versionId: marker?.versionId ?? null, isMarker: marker !== null };
  });
}

interface Hiding {
  readonly bucket: BucketDefinition;
  readonly key: string;
  readonly kind: 'ObjectRemoved' | 'LifecycleExpiration';
  readonly source: EventSource;
}

/** Deletes as whoever names no version, and returns the marker that stands there then. */
export function hide(rows: ObjectRows, changes: Changes, { bucket, key, kind, source }: Hiding): StoredObject | null {
  const { marker, removed, unused } = rows.hide(bucket.name, key, bucket.versioning);
  changes.unused(unused);
  if (marker) changes.event(`${kind}:DeleteMarkerCreated`, bucket, marker, source);
  else if (removed) changes.event(`${kind}:Delete`, bucket, removed, source);
  return marker;
}

function eraseVersion(call: ObjectCall, tools: Tools, versionId: string): Removal {
  const { bucket, key } = call;
  return tools.change((changes) => {
    const version = tools.rows.version(bucket.name, key, versionId);
    refuseOther(call, version);
    if (!version) return { versionId, isMarker: false };
    changes.unused(tools.rows.erase(version));
    changes.event('ObjectRemoved:Delete', bucket, version, eventSource(call));
    return { versionId, isMarker: version.isMarker };
  });
}

/** `If-Match` of a deletion. */
function refuseOther({ headers, key }: ObjectCall, current: StoredObject | null): void {
  const match = headers.get('if-match');
  if (match === undefined) return;
  if (!current) throw preconditionFailed('If-Match');
  writeCondition(new Map([['if-match', match]]), key)(current);
}
