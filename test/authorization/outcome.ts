import { type Caller, graphql, type GraphQLAnswer } from '../support/graphql.ts';
import type { Request } from './request.ts';

/**
 * What an answer amounts to, in the words of the tables: `401`, `no`, `null`, `none`, `yes`, the code of a user error, or the
 * type of any other error. matrix/README.md says what they mean.
 */
export type Outcome = string;

export async function outcomeOf(caller: Caller, request: Request): Promise<Outcome> {
  return judge(await graphql<Json>(caller, request.document), request);
}

type Json = { readonly [name: string]: unknown } | null | undefined;

function judge({ status, data, errors }: GraphQLAnswer<Json>, { path, entry }: Request): Outcome {
  if (status === 401) return '401';
  const error = errors.find((one) => isOnTheWay(one.path ?? [], path));
  if (error) return isBelow(error.path ?? [], path) ? `${outcomeOfError(error)}, below` : outcomeOfError(error);
  const value = path.reduce<unknown>((parent, name) => (parent as Json)?.[name], data);
  if (value === null || value === undefined) return 'null';
  const [refusal] = (value as { userErrors?: readonly { code: string }[] }).userErrors ?? [];
  if (refusal) return refusal.code;
  return entry === undefined || entriesOf(value).includes(entry) ? 'yes' : 'none';
}

/** A resolver that refuses is told apart from AppSync, which refuses by the directives and by the policies of roles. */
export function outcomeOfError({
  errorType,
  message,
}: {
  readonly errorType?: string;
  readonly message: string;
}): Outcome {
  if (errorType === 'UnauthorizedException') return '401';
  return errorType === 'Unauthorized' && message.startsWith('Not Authorized to access') ? 'no' : (errorType ?? message);
}

/** An error above, at or below what is asked for; elements of lists have numbers. */
function isOnTheWay(at: readonly (string | number)[], path: readonly string[]): boolean {
  const names = at.filter((step) => typeof step === 'string');
  return names.every((name, index) => index >= path.length || name === path[index]);
}

/** The thing itself was answered, or done; something of it was not. */
function isBelow(at: readonly (string | number)[], path: readonly string[]): boolean {
  return at.filter((step) => typeof step === 'string').length > path.length;
}

type Entry = { readonly id?: string; readonly node?: { readonly id?: string } } | null;

function entriesOf(value: unknown): readonly (string | undefined)[] {
  const list = Array.isArray(value) ? value : (value as { edges?: unknown }).edges;
  if (!Array.isArray(list)) throw new Error(`neither a list nor a connection: ${JSON.stringify(value)}`);
  return (list as Entry[]).map((entry) => entry?.node?.id ?? entry?.id);
}
