import type { StreamedReply } from '../../../aws/streamedService.ts';
import { notImplemented, s3Error } from '../errors.ts';
import { getBucketLocation, headBucket, listBuckets } from './buckets.ts';
import type { BucketCall, Call, ObjectCall, Operation, Tools } from './call.ts';
import { completeMultipartUpload } from './completeMultipartUpload.ts';
import { copyObject } from './copyObject.ts';
import { deleteObject } from './deleteObject.ts';
import { deleteObjects } from './deleteObjects.ts';
import { getObject, headObject } from './getObject.ts';
import { listObjectsV2 } from './listObjectsV2.ts';
import { listObjectVersions } from './listObjectVersions.ts';
import { listMultipartUploads, listParts } from './listUploads.ts';
import { abortMultipartUpload, createMultipartUpload, uploadPart } from './multipart.ts';
import { putObject } from './putObject.ts';

interface Route<C extends Call> {
  readonly method: string;
  /** A query parameter or a header that must be there. */
  readonly parameter?: string;
  readonly header?: string;
  readonly run: Operation<C>;
}

/** The first that fits. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
const OBJECT_ROUTES: readonly Route<ObjectCall>[] = [
  { method: 'GET', parameter: 'uploadId', run: listParts },
  { method: 'GET', run: getObject },
  { method: 'HEAD', run: headObject },
  { method: 'PUT', parameter: 'uploadId', header: 'x-amz-copy-source', run: refuse('UploadPartCopy') },
  { method: 'PUT', parameter: 'uploadId', run: uploadPart },
  { method: 'PUT', header: 'x-amz-copy-source', run: copyObject },
  { method: 'PUT', run: putObject },
  { method: 'DELETE', parameter: 'uploadId', run: abortMultipartUpload },
  { method: 'DELETE', run: deleteObject },
  { method: 'POST', parameter: 'uploads', run: createMultipartUpload },
  { method: 'POST', parameter: 'uploadId', run: completeMultipartUpload },
];

const BUCKET_ROUTES: readonly Route<BucketCall>[] = [
  { method: 'GET', parameter: 'list-type', run: listObjectsV2 },
  { method: 'GET', parameter: 'versions', run: listObjectVersions },
  { method: 'GET', parameter: 'uploads', run: listMultipartUploads },
  { method: 'GET', parameter: 'location', run: getBucketLocation },
  { method: 'GET', run: refuse('ListObjects (version 1)') },
  { method: 'HEAD', run: headBucket },
  { method: 'POST', parameter: 'delete', run: deleteObjects },
  { method: 'PUT', run: refuse('Making buckets by anything but the Terraform') },
  { method: 'DELETE', run: refuse('Deleting buckets by anything but the Terraform') },
];

/** Parameters that select another operation of S3: were they ignored, a PUT of an object's tags would overwrite the object. */
const SUBRESOURCES: ReadonlySet<string> = new Set(
  (
    'accelerate acl analytics annotation attributes cors delete encryption intelligent-tiering inventory legal-hold lifecycle ' +
    'location logging metadataConfiguration metadataTable metrics notification object-lock ownershipControls policy ' +
    'policyStatus publicAccessBlock renameObject replication requestPayment restore retention select select-type session ' +
    'tagging torrent uploadId uploads versioning versions website list-type'
  ).split(' '),
);

export async function runObjectOperation(call: ObjectCall, tools: Tools): Promise<StreamedReply> {
  return routeOf(OBJECT_ROUTES, call)(call, tools);
}

export async function runBucketOperation(call: BucketCall, tools: Tools): Promise<StreamedReply> {
  return routeOf(BUCKET_ROUTES, call)(call, tools);
}

export async function runServiceOperation(call: Call, tools: Tools): Promise<StreamedReply> {
  return routeOf<Call>([{ method: 'GET', run: listBuckets }], call)(call, tools);
}

function routeOf<C extends Call>(routes: readonly Route<C>[], { method, query, headers }: C): Operation<C> {
  const route = routes.find(
    (one) =>
      one.method === method &&
      (one.parameter === undefined || query.has(one.parameter)) &&
      (one.header === undefined || headers.has(one.header)),
  );
  const other = [...query.keys()].find((name) => SUBRESOURCES.has(name) && name !== route?.parameter);
  if (other !== undefined) throw notImplemented(`${method} with ?${other}`);
  if (route) return route.run;
  throw s3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', { Method: method });
}

function refuse(what: string): Operation<Call> {
  return () => Promise.reject(notImplemented(what));
}
