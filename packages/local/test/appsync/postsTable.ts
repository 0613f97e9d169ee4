import { code, start, type Resolvers, type TestOptions } from './support.ts';

const SCHEMA = 'type Query { run(input: AWSJSON): AWSJSON other(input: AWSJSON): AWSJSON }';
const run = code('return ctx.args.input;', 'return { result: ctx.result, error: ctx.error };');
const posts = { dataSource: 'posts', code: run };
const RESOLVERS: Resolvers = { 'Query.run': posts, 'Query.other': posts };

/** What a response handler sees of a call. */
export interface Outcome {
  readonly result?: unknown;
  readonly error?: { readonly type: string; readonly message: string };
}

/** An API whose fields send any request object to the table `Posts`, and answer with what comes of it. */
export function startPosts(options: TestOptions = {}) {
  const api = start({ schema: SCHEMA, resolvers: RESOLVERS }, options);
  const request = (input: unknown, field = 'run') =>
    api.query(`query ($input: AWSJSON) { ${field}(input: $input) }`, { input: JSON.stringify(input) });
  return {
    ...api,
    request,
    /** Sends a request object, and gives what the response handler saw. */
    ask: async (input: unknown, field = 'run'): Promise<Outcome> => {
      const { data, errors } = await request(input, field);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return JSON.parse((data as Record<string, string>)[field] ?? 'null') as Outcome;
    },
  };
}

export const key = (sk: string) => ({ pk: { S: 'u1' }, sk: { S: sk } });
export const put = (sk: string, attributeValues: unknown = {}) => ({
  operation: 'PutItem',
  key: key(sk),
  attributeValues,
});
