import type { StreamedReply } from '../../../aws/streamedService.ts';
import { xmlDocument } from '../xml.ts';
import { type BucketCall, type Call, emptyReply, type Tools, xmlReply } from './call.ts';

export async function listBuckets(call: Call, tools: Tools): Promise<StreamedReply> {
  await tools.authorize(call, 's3:ListAllMyBuckets', '*');
  const buckets = tools.buckets().map(({ name }) => ({ Name: name, CreationDate: CREATED }));
  return xmlReply(xmlDocument('ListAllMyBucketsResult', { Buckets: { Bucket: buckets } }));
}

/** Buckets are made by the Terraform, and nobody notes when. */
const CREATED = '2026-01-01T00:00:00.000Z';

export async function headBucket(call: BucketCall, tools: Tools): Promise<StreamedReply> {
  await tools.authorize(call, 's3:ListBucket', call.bucket.arn);
  return emptyReply(200, { 'x-amz-bucket-region': tools.region, 'x-amz-access-point-alias': 'false' });
}

export async function getBucketLocation(call: BucketCall, tools: Tools): Promise<StreamedReply> {
  await tools.authorize(call, 's3:GetBucketLocation', call.bucket.arn);
  // The oldest region has no name here.
  const region = tools.region === 'us-east-1' ? '' : tools.region;
  return xmlReply(xmlDocument('LocationConstraint', { '#text': region }));
}
