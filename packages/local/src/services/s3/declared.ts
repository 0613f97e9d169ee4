import { createHash } from 'node:crypto';
import { prepared } from '../../database.ts';
import { readAttributes } from './attributes.ts';
import type { BucketDefinition, DeclaredObject } from './definition.ts';
import type { EventSource } from './events/eventRecord.ts';
import type { Tools } from './operations/call.ts';
import { hide } from './operations/deleteObject.ts';
import { commitNew, storeBody } from './operations/putObject.ts';

const SOURCE: EventSource = { principal: 'terraform', sourceIp: '127.0.0.1', requestId: '0000000000000000' };

/**
 * Puts the objects that the Terraform declares: those that are new or say something else than before. What it no longer
 * declares is deleted, as `terraform apply` would. What somebody else has written under such a name since stays.
 */
export async function declareObjects(declared: readonly DeclaredObject[], tools: Tools): Promise<void> {
  const known = new Map(
    prepared(tools.database, 'SELECT * FROM s3_declared')
      .all()
      .map((row) => [String(row['address']), row] as const),
  );
  for (const object of declared) {
    const row = known.get(object.address);
    known.delete(object.address);
    const digest = digestOf(object);
    const isSame = row?.['bucket'] === object.bucket && row['key'] === object.key;
    if (isSame && row['digest'] === digest && tools.rows.latest(object.bucket, object.key)) continue;
    if (row && !isSame) remove(tools, String(row['bucket']), String(row['key']));
    await put(tools, object, digest);
  }
  for (const [address, { bucket, key }] of known) {
    remove(tools, String(bucket), String(key));
    prepared(tools.database, 'DELETE FROM s3_declared WHERE address = ?').run(address);
  }
}

function digestOf({ content, headers, metadata }: DeclaredObject): string {
  return createHash('sha256')
    .update(JSON.stringify([headers, metadata]))
    .update(content)
    .digest('hex');
}

async function put(tools: Tools, object: DeclaredObject, digest: string): Promise<void> {
  const { address, content, key } = object;
  const bucket = tools.bucket(object.bucket);
  const fields = new Map([
    ...Object.entries(object.headers),
    ...Object.entries(object.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value] as const),
  ]);
  const attributes = readAttributes(fields, bucket);
  const segments = await storeBody(tools, { data: pieces(content) });
  commitNew(
    tools,
    {
      bucket: bucket.name,
      key,
      size: content.byteLength,
      etag: createHash('md5').update(content).digest('hex'),
      segments,
      attributes,
    },
    {
      bucket,
      event: 'ObjectCreated:Put',
      source: SOURCE,
      also: () =>
        prepared(
          tools.database,
          `INSERT INTO s3_declared (address, bucket, key, digest) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET bucket = excluded.bucket, key = excluded.key, digest = excluded.digest`,
        ).run(address, bucket.name, key, digest),
    },
  );
}

async function* pieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
  if (content.byteLength > 0) yield content;
}

function remove(tools: Tools, name: string, key: string): void {
  const bucket: BucketDefinition | undefined = tools.buckets().find((one) => one.name === name);
  if (!bucket) return;
  tools.change((changes) => hide(tools.rows, changes, { bucket, key, kind: 'ObjectRemoved', source: SOURCE }));
}
