import { createHash } from 'node:crypto';
import { AwsError } from '../../aws/error.ts';
import type { Access, Principal } from '../../aws/service.ts';
import type { Selected } from './cacheKey.ts';
import type { CloudFrontOptions } from './cloudfront.ts';
import { badGateway, forbidden, functionUrlEvent, jsonResponse, responseOf, unsignedBody } from './functionUrl.ts';
import type { Distribution, EdgeRequest, EdgeResponse, FunctionOrigin } from './model.ts';

export interface Fetch<Origin> {
  readonly request: EdgeRequest;
  readonly selected: Selected;
  readonly distribution: Distribution;
  readonly origin: Origin;
  /** Of what is kept and no longer fresh. */
  readonly etag: string | undefined;
}

export async function fetchFromFunction(
  options: CloudFrontOptions,
  { request, selected, distribution, origin, etag }: Fetch<FunctionOrigin>,
): Promise<EdgeResponse> {
  const { account, clock, random, invoke, log } = options;
  const refusal = await refusalOf(options, distribution, origin);
  if (refusal !== null) {
    log(`${distribution.address} may not call its origin: ${refusal}`);
    return forbidden();
  }
  if (origin.signed && hasUnsignedBody(request)) return unsignedBody();
  const headers = {
    'user-agent': 'Amazon CloudFront',
    via: '1.1 cloudfront.localhost (CloudFront)',
    'x-forwarded-for': request.sourceIp,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
    ...selected.headers,
    ...bodyHeaders(request),
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
  };
  const { method, path, sourceIp, body } = request;
  const event = functionUrlEvent({ method, path, query: selected.query, headers, sourceIp, body }, origin, {
    accountId: account.accountId,
    requestId: random.bytes(16).toString('hex'),
    now: clock.now(),
  });
  try {
    const { payload, functionError } = await invoke(origin.functionArn, event);
    return functionError === undefined ? responseOf(payload) : badGateway();
  } catch (error) {
    // Throttled, or too much to answer with.
    if (error instanceof AwsError) return jsonResponse(error.statusCode, { Message: error.message });
    throw error;
  }
}

/** A function URL asks for both. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
async function refusalOf(
  { authorizer, account }: CloudFrontOptions,
  distribution: Distribution,
  { functionArn, signed, authorization }: FunctionOrigin,
): Promise<string | null> {
  const open = authorization === 'NONE';
  if (!open && !signed) return 'its origin has no origin access control that signs requests for Lambda';
  const edge: Principal = { arn: 'cloudfront.amazonaws.com', address: distribution.address };
  const principal = signed ? edge : { arn: 'anonymous', address: 'anybody' };
  const source = { 'aws:SourceArn': distribution.arn, 'aws:SourceAccount': account.accountId };
  const ask = (action: string, context: NonNullable<Access['context']>) =>
    authorizer.authorize(principal, {
      action,
      resource: functionArn,
      context: { ...(signed ? source : {}), ...context },
    });
  try {
    await ask('lambda:InvokeFunctionUrl', { 'lambda:FunctionUrlAuthType': authorization });
    await ask('lambda:InvokeFunction', { 'lambda:InvokedViaFunctionUrl': 'true' });
    return null;
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
}

/**
 * What is signed for Lambda has the hash of its body, which CloudFront does not make: the client sends it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
 */
function hasUnsignedBody({ body, headers }: EdgeRequest): boolean {
  if (body === undefined || body.length === 0) return false;
  return headers['x-amz-content-sha256'] !== createHash('sha256').update(body).digest('hex');
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html */
function bodyHeaders({ body, headers }: EdgeRequest): Record<string, string> {
  if (body === undefined) return {};
  const { 'content-type': contentType } = headers;
  return {
    'content-length': String(body.length),
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
  };
}
