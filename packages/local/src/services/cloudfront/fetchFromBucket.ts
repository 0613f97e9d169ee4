import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { Principal } from '../../aws/service.ts';
import type { StreamedReply } from '../../aws/streamedService.ts';
import type { CloudFrontOptions } from './cloudfront.ts';
import type { Fetch } from './fetchFromFunction.ts';
import type { BucketOrigin, EdgeResponse } from './model.ts';

/** A request for an object, signed as the distribution unless `principal` is `anonymous`. */
export type AskBucket = (request: {
  readonly principal: Principal;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly context: Readonly<Record<string, string>>;
}) => Promise<StreamedReply>;

/**
 * Always the whole object: parts of it are cut from what is kept.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export async function fetchFromBucket(
  { askBucket, account, log }: CloudFrontOptions,
  { request: { method, path }, selected, distribution, origin, etag }: Fetch<BucketOrigin>,
): Promise<EdgeResponse> {
  const { address, arn } = distribution;
  const reply = await askBucket({
    principal: origin.signed ? { arn: 'cloudfront.amazonaws.com', address } : { arn: 'anonymous' },
    method,
    host: origin.domainName,
    path: `${origin.originPath}${path}`,
    query: selected.query,
    headers: {
      'user-agent': 'Amazon CloudFront',
      ...selected.headers,
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
    },
    context: origin.signed ? { 'aws:SourceArn': arn, 'aws:SourceAccount': account.accountId } : {},
  });
  const body = await bytesOf(reply.body);
  if (reply.statusCode === 403) log(`${address} was refused ${path} of ${origin.domainName}: ${reasonIn(body)}`);
  return { status: reply.statusCode, headers: reply.headers, body };
}

async function bytesOf(body: StreamedReply['body']): Promise<Buffer> {
  if (typeof body === 'string') return Buffer.from(body);
  return body instanceof Readable ? buffer(body) : Buffer.from(body);
}

const reasonIn = (document: Buffer): string => /<Message>([^<]*)/.exec(document.toString())?.[1] ?? 'Access Denied';
