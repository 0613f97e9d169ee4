import type { JsonObject } from '../../../json.ts';
import type { DataSourceAnswer } from '../dataSources/dataSource.ts';
import type { Evaluation, HandlerName } from '../javascript/runtime.ts';
import { costOf, sum, type Used } from './cost.ts';
import type { CallTrace, RequestTrace, ResolverTrace, StepTrace } from './trace.ts';

/** A request that has this header, with whatever value, gets `extensions.trace`. AWS knows nothing of it. */
export const TRACE_REQUEST_HEADER = 'x-hiroba-trace';

/** Gathers what a request does while it does it. */
export interface TraceRecorder {
  resolver(begun: Pick<ResolverTrace, 'path' | 'field' | 'address'>): ResolverRecorder;
  /** The request has been answered. */
  done(requestId: string): RequestTrace;
}

export interface ResolverRecorder {
  /** Begins to measure a handler; call what it returns with the outcome. */
  handler(kind: HandlerName, of: string): (evaluation: Evaluation) => void;
  call(begun: Pick<CallTrace, 'of' | 'dataSource' | 'type'>): CallRecorder;
  cached(): void;
  done(context: ResolverTrace['context'], result: unknown): void;
}

export interface CallRecorder {
  /** DynamoDB told what a request consumed. */
  consumed(kind: 'read' | 'write', capacity: readonly JsonObject[]): void;
  /** A function was invoked. Of a batch, the field that fills it stands for all. */
  invoked(): void;
  answered(answer: DataSourceAnswer): void;
}

export function recordTrace(): TraceRecorder {
  const begun = performance.now();
  const resolvers: { readonly used: () => Used; readonly trace: () => ResolverTrace }[] = [];
  return {
    resolver(of) {
      const { recorder, ...recorded } = recordResolver(of, round(performance.now() - begun));
      resolvers.push(recorded);
      return recorder;
    },
    done: (requestId) => ({
      requestId,
      milliseconds: round(performance.now() - begun),
      cost: costOf(sum(resolvers.map(({ used }) => used())), 1),
      resolvers: resolvers.map(({ trace }) => trace()),
    }),
  };
}

function recordResolver(of: Pick<ResolverTrace, 'path' | 'field' | 'address'>, at: number) {
  const begun = performance.now();
  const steps: (() => StepTrace)[] = [];
  const calls: (() => Used)[] = [];
  let end: Pick<ResolverTrace, 'milliseconds' | 'context' | 'result'> = {
    milliseconds: 0,
    context: { arguments: null, identity: null, source: null, stash: null },
    result: null,
  };
  let cached = false;
  const used = (): Used => sum(calls.map((one) => one()));
  const recorder: ResolverRecorder = {
    handler(kind, code) {
      const start = performance.now();
      return (evaluation) => {
        const milliseconds = round(performance.now() - start);
        steps.push(() => ({ kind, of: code, milliseconds, ...outcomeOf(evaluation) }));
      };
    },
    call(to) {
      const { recorder: call, ...recorded } = recordCall(to);
      steps.push(recorded.trace);
      calls.push(recorded.used);
      return call;
    },
    cached() {
      cached = true;
    },
    done(context, result) {
      end = { milliseconds: round(performance.now() - begun), context, result };
    },
  };
  const trace = (): ResolverTrace => ({
    ...of,
    at,
    milliseconds: end.milliseconds,
    cost: costOf(used()),
    ...(cached && { cached }),
    context: end.context,
    steps: steps.map((step) => step()),
    result: end.result,
  });
  return { recorder, used, trace };
}

function recordCall(to: Pick<CallTrace, 'of' | 'dataSource' | 'type'>) {
  const begun = performance.now();
  const consumed: JsonObject[] = [];
  const units = { read: 0, write: 0 };
  let functionCalls = 0;
  let end: Pick<CallTrace, 'milliseconds' | 'result' | 'error'> = { milliseconds: 0, result: null };
  const recorder: CallRecorder = {
    consumed(kind, capacity) {
      consumed.push(...capacity);
      for (const { CapacityUnits } of capacity) units[kind] += Number(CapacityUnits);
    },
    invoked() {
      functionCalls += 1;
    },
    answered({ result, error }) {
      end = { milliseconds: round(performance.now() - begun), result, ...(error && { error }) };
    },
  };
  const used = (): Used => ({
    readUnits: units.read,
    writeUnits: units.write,
    functionCalls,
    httpCalls: to.type === 'HTTP' ? 1 : 0,
  });
  const trace = (): CallTrace => ({
    kind: 'call',
    ...to,
    milliseconds: end.milliseconds,
    cost: costOf(used()),
    ...(consumed.length > 0 && { consumed }),
    result: end.result,
    ...(end.error && { error: end.error }),
  });
  return { recorder, used, trace };
}

function outcomeOf({ result, error, earlyReturn, logs }: Evaluation) {
  return {
    result,
    ...(earlyReturn && { earlyReturn: earlyReturn.skipTo }),
    ...(error && {
      error: { message: error.message, errorType: error.unauthorized ? 'Unauthorized' : error.errorType },
    }),
    ...(logs.length > 0 && { logs }),
  };
}

const round = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;
