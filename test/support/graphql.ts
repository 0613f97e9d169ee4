import { type AccessKey, rootKey, signedPost } from './signed.ts';
import { target } from './target.ts';

export interface GraphQLAnswer<Data = Record<string, never>> {
  readonly status: number;
  readonly data: Data;
  readonly errors: readonly {
    readonly errorType?: string;
    readonly message: string;
    readonly path?: readonly (string | number)[];
  }[];
}

/** By a user pool's token, an API key, a signature, or nothing. */
export type Caller =
  | { readonly authorization: string }
  | { readonly apiKey: string }
  | { readonly accessKey: AccessKey }
  | Record<string, never>;

/** What a refused argument or state looks like in a mutation's payload. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
}

export const USER_ERRORS = 'userErrors { code message field }';

/** One POST to the endpoint. `data` is typed by the caller: what a document selects is known where it is written. */
export async function graphql<Data>(
  caller: Caller,
  query: string,
  variables: object = {},
): Promise<GraphQLAnswer<Data>> {
  const body = JSON.stringify({ query, variables });
  if ('accessKey' in caller && caller.accessKey) {
    return answerOf(await signedPost(new URL(target.endpoint), body, { service: 'appsync', key: caller.accessKey }));
  }
  const headers = { 'content-type': 'application/json', ...headersOf(caller) };
  return answerOf(await fetch(target.endpoint, { method: 'POST', headers, body }));
}

/** With all of the account's rights, as a worker sends it: signed for AppSync. */
export const graphqlByIam = <Data>(query: string, variables: object = {}): Promise<GraphQLAnswer<Data>> =>
  graphql({ accessKey: rootKey }, query, variables);

/** The error of a field that the caller's kind of credentials, or its group, does not open. */
export function notAuthorized(type: 'Query' | 'Mutation' | 'Subscription', field: string) {
  const message = `Not Authorized to access ${field} on type ${type}`;
  return { path: [field], data: null, errorType: 'Unauthorized', errorInfo: null, message };
}

/** The error of a request that only a faulty client sends. */
export function invalidArgument(path: readonly (string | number)[], message: string) {
  return { path, data: null, errorType: 'InvalidArgument', errorInfo: null, message };
}

async function answerOf<Data>(response: Response): Promise<GraphQLAnswer<Data>> {
  const body = (await response.json()) as { data: Data; errors?: GraphQLAnswer['errors'] };
  return { status: response.status, data: body.data, errors: body.errors ?? [] };
}

/** The public, by the API key. */
export const publicCaller: Caller = { apiKey: target.apiKey };

function headersOf(caller: Caller): Record<string, string> {
  if ('authorization' in caller && caller.authorization) return { authorization: caller.authorization };
  if ('apiKey' in caller && caller.apiKey) return { 'x-api-key': caller.apiKey };
  return {};
}
