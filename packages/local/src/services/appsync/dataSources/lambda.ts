import type { Authorizer, Principal } from '../../../aws/service.ts';
import { AwsError } from '../../../aws/error.ts';
import { traceIdOf } from '../http/traceId.ts';
import { MappingTemplateError, type DataSource, type DataSourceAnswer, type DataSourceCall } from './dataSource.ts';
import { optional, requestObject, stringAt } from './requestObject.ts';

/** A function's answer: its payload, or the error it ended with. */
export interface LambdaAnswer {
  readonly payload: unknown;
  readonly functionError?: { readonly errorType: string; readonly errorMessage: string };
}

export type InvocationType = 'RequestResponse' | 'Event';
export type InvokeLambda = (
  functionArn: string,
  payload: unknown,
  type: InvocationType,
  /** As the request's header `x-amzn-trace-id` has it. */
  traceId?: string,
) => Promise<LambdaAnswer>;
/** Invokes as a data source's role, and waits for the answer. */
export type LambdaInvoker = (functionArn: string, payload: unknown) => Promise<LambdaAnswer>;

const MAX_BATCH_SIZE = 2_000;

export interface LambdaDataSourceOptions {
  readonly name: string;
  readonly address: string;
  readonly functionArn: string;
  readonly principal: Principal;
  readonly authorizer: Authorizer;
  readonly invokeLambda: InvokeLambda;
}

/** https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-lambda-js.html */
export function createLambdaDataSource(options: LambdaDataSourceOptions): DataSource {
  const { name, address, functionArn } = options;
  const invoke = async (payload: unknown, type: InvocationType, call: DataSourceCall): Promise<LambdaAnswer> => {
    await options.authorizer.authorize(options.principal, { action: 'lambda:InvokeFunction', resource: functionArn });
    call.trace?.invoked();
    const isDirect = call.resolver.steps.some(({ code }) => code === undefined);
    const answer = await options.invokeLambda(functionArn, payload, type, traceIdOf(call.state.headers));
    return answer.functionError === undefined || isDirect ? answer : { ...answer, functionError: unhandled(answer) };
  };
  const answered = async (work: Promise<unknown>): Promise<DataSourceAnswer> => {
    try {
      return { result: (await work) ?? null };
    } catch (error) {
      if (error instanceof FunctionFailed) return { result: null, error: { type: error.type, message: error.message } };
      if (!(error instanceof AwsError)) throw error;
      const message = `${error.message} [${address}]`;
      return { result: null, error: { type: `Lambda:${error.code}`, message } };
    }
  };
  return {
    name,
    address,
    type: 'AWS_LAMBDA',
    invoke(call) {
      const request = requestObject(call.request, ['payload', 'invocationType']);
      const operation = stringAt(request.operation, '$[operation]');
      const type = optional(request.invocationType, '$[invocationType]', readInvocationType) ?? 'RequestResponse';
      if (operation === 'Invoke') return answered(invoke(request.payload ?? null, type, call).then(payloadOf));
      if (operation !== 'BatchInvoke') throw new MappingTemplateError(`Unsupported operation '${operation}'.`);
      const size = call.resolver.maxBatchSize || MAX_BATCH_SIZE;
      const send = async (items: readonly unknown[]) =>
        batchOf(items, payloadOf(await invoke(items, type, call)), type);
      const key = `${call.address} ${type}`;
      return answered(call.state.batches.add(key, request.payload ?? null, size, send));
    },
  };
}

class FunctionFailed extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

const unhandled = ({ functionError }: LambdaAnswer) => ({
  errorType: 'Lambda:Unhandled',
  errorMessage: functionError?.errorMessage ?? '',
});

function payloadOf({ payload, functionError }: LambdaAnswer): unknown {
  if (functionError !== undefined) throw new FunctionFailed(functionError.errorType, functionError.errorMessage);
  return payload;
}

function batchOf(items: readonly unknown[], payload: unknown, type: InvocationType): readonly unknown[] {
  if (type === 'Event') return items.map(() => null);
  if (Array.isArray(payload) && payload.length === items.length) return payload;
  const returned = Array.isArray(payload) ? `${payload.length} elements` : 'no list';
  throw new FunctionFailed(
    'Lambda:IllegalArgument',
    `A batch of ${items.length} needs as many results; got ${returned}.`,
  );
}

function readInvocationType(value: unknown, path: string): InvocationType {
  if (value === 'RequestResponse' || value === 'Event') return value;
  throw new MappingTemplateError(`Unsupported value '${String(value)}' for '${path}'.`);
}
