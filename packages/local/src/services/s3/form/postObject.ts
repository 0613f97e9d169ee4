import { createHash } from 'node:crypto';
import type { StreamedReply } from '../../../aws/streamedService.ts';
import { checkedKey } from '../addressing.ts';
import { readAttributes } from '../attributes.ts';
import { callContext } from '../callContext.ts';
import { algorithmOfHeader, checkedValue, type Checksum, createDigest } from '../body/checksums.ts';
import { entityTooLarge, readMd5 } from '../body/expectations.ts';
import { badChecksum } from '../body/verifiedBody.ts';
import { invalidArgument, s3Error } from '../errors.ts';
import { eventSource, objectArn, type BucketCall, type ObjectCall, type Tools } from '../operations/call.ts';
import { commitNew, storeBody } from '../operations/putObject.ts';
import { writeContext } from '../operations/writeContext.ts';
import type { Authentication } from '../signature/authenticate.ts';
import type { StoredObject } from '../storage/model.ts';
import { formReply } from './formReply.ts';
import { readForm, type FormFile } from './formReader.ts';
import { type LengthRange, signedForm } from './signedForm.ts';

type Fields = ReadonlyMap<string, string>;

/** An upload by a browser's form. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
export async function postObject(
  call: BucketCall,
  tools: Tools,
  authentication: Authentication,
): Promise<StreamedReply> {
  const form = await readForm(call.body, call.headers.get('content-type') ?? '');
  if (!form.file) throw invalidArgument('file', '0', 'POST requires exactly one file upload per request.');
  const fields = withFilename(form.fields, form.file);
  const key = readKey(fields);
  const { caller, lengths } = signedForm(fields, call.bucket, authentication);
  const posting: ObjectCall = { ...call, caller, key, context: callContext(call, caller) };
  await tools.authorize(posting, 's3:PutObject', objectArn(posting), writeContext(fields, true));
  const attributes = readAttributes(fields, call.bucket);
  await tools.authorizeKey(posting, 'kms:GenerateDataKey', attributes.encryption);
  const body = measuredFile(form.file, fields, lengths);
  const segments = await storeBody(tools, body);
  const { size, md5, checksum } = body.measured();
  const stored: StoredObject = commitNew(
    tools,
    { bucket: call.bucket.name, key, size, etag: md5, segments, attributes: { ...attributes, checksum } },
    { bucket: call.bucket, event: 'ObjectCreated:Post', source: eventSource(posting) },
  );
  return formReply(fields, posting, stored);
}

/** All fields are expanded before anything is compared with them. */
function withFilename(fields: Fields, { filename }: FormFile): Fields {
  return new Map(
    [...fields].map(([name, value]) => [
      name,
      name === 'policy' ? value : value.replaceAll('${filename}', () => filename),
    ]),
  );
}

function readKey(fields: Fields): string {
  const key = fields.get('key');
  if (key !== undefined && key !== '') return checkedKey(key);
  const message =
    "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.";
  throw invalidArgument('key', '', message);
}

interface Measured {
  readonly size: number;
  readonly md5: string;
  readonly checksum: Checksum | null;
}

/** The file, counted as it comes: one that is too large is not read to its end. */
function measuredFile({ data }: FormFile, fields: Fields, range: LengthRange) {
  const expectedMd5 = readMd5(fields.get('content-md5'));
  const claimed = [...fields].flatMap(([name, value]) => {
    const algorithm = algorithmOfHeader(name);
    return algorithm ? [{ algorithm, value: checkedValue(algorithm, value) }] : [];
  })[0];
  let measured: Measured = { size: 0, md5: '', checksum: null };
  async function* verified(): AsyncGenerator<Uint8Array> {
    const md5 = createHash('md5');
    const digest = claimed && createDigest(claimed.algorithm);
    let size = 0;
    for await (const piece of data) {
      size += piece.length;
      if (size > range.maximum) throw entityTooLarge(size, range.maximum);
      md5.update(piece);
      digest?.update(piece);
      yield piece;
    }
    if (size < range.minimum) {
      const details = { ProposedSize: size, MinSizeAllowed: range.minimum };
      throw s3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', details);
    }
    const hex = md5.digest('hex');
    if (expectedMd5 !== null && expectedMd5 !== hex)
      throw s3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
    const value = digest?.digest().toString('base64');
    if (claimed && claimed.value !== value) throw badChecksum(claimed.algorithm);
    measured = { size, md5: hex, checksum: claimed ? { ...claimed, type: 'FULL_OBJECT' } : null };
  }
  return { data: verified(), measured: () => measured };
}
