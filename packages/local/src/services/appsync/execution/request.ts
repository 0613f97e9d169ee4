import type { GraphQLObjectType, OperationTypeNode } from 'graphql';
import type { Authorizer } from '../../../aws/service.ts';
import type { Caller } from '../authorization/caller.ts';
import type { CompiledApi } from './compiledApi.ts';
import type { Deadline } from './deadline.ts';
import type { ErrorEntry } from './errors.ts';
import type { Variables } from './input.ts';
import type { BatchQueue } from '../dataSources/batchQueue.ts';
import type { EvaluationContext } from '../javascript/runtime.ts';
import type { TraceRecorder } from '../trace/record.ts';

export type RequestHeaders = Readonly<Record<string, string | readonly string[]>>;

/** What a mutation asks of the subscriptions with `extensions.invalidateSubscriptions`. */
export interface Invalidation {
  readonly subscriptionField: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What the executor needs from the process around it, the same for all requests. */
export interface ExecutionServices {
  readonly authorizer: Authorizer;
  readonly onLog: (line: string) => void;
  /** Told of each run of a field's resolver, as `Post.author`. */
  readonly onResolverRun?: (field: string) => void;
}

/** One GraphQL request on its way: what came in, and what has been gathered for the answer. */
export interface RequestState {
  readonly compiled: CompiledApi;
  readonly services: ExecutionServices;
  readonly requestId: string;
  readonly caller: Caller;
  /** As resolvers see them: without `cookie`. */
  readonly headers: RequestHeaders;
  /** `ctx.request`: one object, so that its text is made once for all handlers. */
  readonly contextRequest: EvaluationContext['request'];
  readonly variables: Variables;
  readonly operationType: OperationTypeNode;
  /**
   * `project`: fields come from the source object only, as for a subscriber, for whom nested resolvers of the
   * published mutation do not run again.
   */
  readonly mode: 'resolve' | 'project';
  readonly deadline: Deadline;
  readonly batches: BatchQueue;
  readonly errors: ErrorEntry[];
  readonly responseHeaders: Record<string, string>;
  readonly invalidations: Invalidation[];
  /** The types of completed objects that stand where an interface or union is declared, for publishing. */
  readonly concreteTypes: WeakMap<object, GraphQLObjectType>;
  resolverRuns: number;
  /** By `extensions.evictFromApiCache`; undefined until a resolver asks for it. */
  cacheEntriesDeleted: number | undefined;
  /** Only of a request that asks for it. */
  readonly trace?: TraceRecorder | undefined;
}
