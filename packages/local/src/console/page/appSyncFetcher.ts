import { getOperationAST, parse } from 'graphql';
import type { RequestTrace } from '../../services/appsync/trace/trace.ts';
import type { Configuration } from './setup.ts';
import type { Traces } from './traces.ts';

export interface GraphQLParams {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | null;
}

/** The headers of GraphiQL's editor. */
export interface FetcherOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

type Result = Record<string, unknown>;

/** Queries and mutations over HTTP, subscriptions over AppSync's own WebSocket protocol. */
export function appSyncFetcher(configuration: Configuration, token: () => string | null, traces: Traces) {
  const authorization = (): Record<string, string> => {
    const signedIn = token();
    if (signedIn !== null) return { Authorization: signedIn };
    return configuration.apiKey === null ? {} : { 'x-api-key': configuration.apiKey };
  };
  // The page and the API have one origin; the path is enough, whichever name of this machine the page was opened by.
  const endpoint = new URL(configuration.endpoint).pathname;

  return (params: GraphQLParams, { headers }: FetcherOptions = {}): Promise<Result> | AsyncIterable<Result> => {
    if (isSubscription(params)) return subscribe(params, authorization());
    return fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hiroba-trace': '1', ...authorization(), ...headers },
      body: JSON.stringify(params),
    })
      .then((response) => response.json() as Promise<Result>)
      .then((answer) => withoutTrace(answer, params, traces));
  };
}

/** The answer as AppSync gives it. GraphiQL's own introspection leaves the trace that is shown alone. */
function withoutTrace(answer: Result, { operationName }: GraphQLParams, traces: Traces): Result {
  const { extensions, ...rest } = answer as Result & { extensions?: Result & { trace?: RequestTrace } };
  const { trace = null, ...others } = extensions ?? {};
  if (operationName !== INTROSPECTION) traces.set(trace);
  return Object.keys(others).length === 0 ? rest : { ...rest, extensions: others };
}

const INTROSPECTION = 'IntrospectionQuery';

function isSubscription({ query, operationName }: GraphQLParams): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === 'subscription';
  } catch {
    // A document that does not parse goes to the server, whose error is the one to show.
    return false;
  }
}

async function* subscribe(params: GraphQLParams, authorization: Record<string, string>): AsyncGenerator<Result> {
  const header = { host: location.host, ...authorization };
  const socket = new WebSocket(`/graphql/realtime`, ['graphql-ws', `header-${base64Url(JSON.stringify(header))}`]);
  const frames = queueOf(socket);
  try {
    for await (const frame of frames) {
      if (frame.type === 'connection_ack') {
        const data = JSON.stringify({ query: params.query, variables: params.variables ?? {} });
        socket.send(
          JSON.stringify({ id: '1', type: 'start', payload: { data, extensions: { authorization: header } } }),
        );
      } else if (frame.type === 'data' || frame.type === 'error' || frame.type === 'connection_error') {
        if (frame.payload) yield frame.payload;
        if (frame.type !== 'data') return;
      } else if (frame.type === 'complete') return;
    }
  } finally {
    socket.close();
  }
}

interface Frame {
  readonly type: string;
  readonly payload?: Result;
}

async function* queueOf(socket: WebSocket): AsyncGenerator<Frame> {
  const waiting: Frame[] = [];
  let wake: () => void = () => undefined;
  let open = true;
  socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
  socket.addEventListener('message', ({ data }) => {
    waiting.push(JSON.parse(String(data)) as Frame);
    wake();
  });
  socket.addEventListener('close', () => {
    open = false;
    wake();
  });
  while (open || waiting.length > 0) {
    const next = waiting.shift();
    if (next) yield next;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}

function base64Url(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
