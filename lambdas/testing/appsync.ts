import { vi } from 'vitest';

interface Publication {
  readonly query: string;
  readonly variables: { readonly input: Readonly<Record<string, unknown>> };
}

type Init = { readonly body: string };

/** Stands in for AppSync by way of `fetch`. */
export const appsync = vi.fn<(url: URL, init: Init) => Promise<Response>>();
vi.stubGlobal('fetch', appsync);

/** AppSync as it should be. */
export async function accepts(_: URL, { body }: Init): Promise<Response> {
  const field = /publish\w+(?=\(input)/.exec((JSON.parse(body) as Publication).query)?.[0] ?? '';
  return Response.json({ data: { [field]: { __typename: 'Something' } } });
}

/** The inputs of the calls so far of a mutation; of all without one. */
export function published(field?: string): Publication['variables']['input'][] {
  return appsync.mock.calls
    .map(([, { body }]) => JSON.parse(body) as Publication)
    .filter(({ query }) => field === undefined || query.includes(`${field}(`))
    .map(({ variables }) => variables.input);
}

/** A global id, made in another way than the handlers do. */
export function id(...parts: readonly string[]): string {
  return btoa(parts.join(':')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
