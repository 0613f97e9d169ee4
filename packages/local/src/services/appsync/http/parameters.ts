import { AwsError } from '../../../aws/error.ts';
import { unparsable } from '../execution/document.ts';
import type { Variables } from '../execution/input.ts';
import { isNullish } from '../nullish.ts';

/** A GraphQL request as HTTP or a `start` frame carries it. */
export interface GraphQLParameters {
  readonly query: string;
  readonly variables: Variables;
  readonly operationName: string | undefined;
}

/** The body of `POST /graphql`; other members, as Apollo's `extensions`, do not matter. Throws `AwsError` of status 400. */
export function parametersOfBody(body: string): GraphQLParameters {
  if (body.trim() === '') {
    throw new AwsError('MalformedHttpRequestException', 'Request body is empty.', { statusCode: 400 });
  }
  return parameters(parseJson(body));
}

/** The query string of `GET /graphql`. Throws `AwsError` of status 400. */
export function parametersOfQuery(search: URLSearchParams): GraphQLParameters {
  const variables = search.get('variables');
  return parameters({
    query: search.get('query'),
    operationName: search.get('operationName'),
    variables: variables === null || variables === '' ? null : parseJson(variables),
  });
}

function parameters(value: unknown): GraphQLParameters {
  const { query, variables, operationName } = asObject(value);
  if (typeof query !== 'string' || query.trim() === '') throw unparsable();
  if (!isNullish(operationName) && typeof operationName !== 'string') throw unparsable();
  return {
    query,
    // Some clients send the variables as a string that holds JSON.
    variables: isNullish(variables) ? {} : asObject(typeof variables === 'string' ? parseJson(variables) : variables),
    operationName: operationName || undefined,
  };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unparsable();
  return value as Readonly<Record<string, unknown>>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw unparsable();
  }
}
