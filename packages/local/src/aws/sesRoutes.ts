import type { JsonObject } from '../json.ts';
import { restJson } from './protocols.ts';
import { parseJsonObject } from './requestBody.ts';
import type { RestRequest, RestRoute } from './restRoutes.ts';

/** SES, version 2: signed as `ses`, reached as `email.REGION.amazonaws.com`. */
export const SES_ROUTES: readonly RestRoute[] = [
  route('POST', '/v2/email/outbound-emails', 'SendEmail'),
  route('POST', '/v2/email/outbound-bulk-emails', 'SendBulkEmail'),
  route('GET', '/v2/email/templates/{TemplateName}', 'GetEmailTemplate'),
  route('POST', '/v2/email/templates/{TemplateName}/render', 'TestRenderEmailTemplate'),
  route('PUT', '/v2/email/suppression/addresses', 'PutSuppressedDestination'),
  route('GET', '/v2/email/suppression/addresses', 'ListSuppressedDestinations', listQuery),
  route('GET', '/v2/email/suppression/addresses/{EmailAddress}', 'GetSuppressedDestination'),
  route('DELETE', '/v2/email/suppression/addresses/{EmailAddress}', 'DeleteSuppressedDestination'),
  route('GET', '/v2/email/account', 'GetAccount'),
];

function route(
  method: RestRoute['method'],
  path: string,
  operation: string,
  decode: RestRoute['decode'] = fromPathAndBody,
): RestRoute {
  return { method, path, service: 'ses', operation, decode, encode: restJson.encode };
}

function fromPathAndBody({ parameters, body }: RestRequest): JsonObject {
  return { ...parseJsonObject(body), ...parameters };
}

function listQuery({ query }: RestRequest): JsonObject {
  const reasons = query.getAll('Reason');
  const texts = ['StartDate', 'EndDate', 'NextToken', 'TenantName'].flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(texts),
    ...(reasons.length > 0 && { Reasons: reasons }),
    ...(query.has('PageSize') && { PageSize: Number(query.get('PageSize')) }),
  };
}
