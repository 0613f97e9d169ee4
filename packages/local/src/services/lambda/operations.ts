import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';
import type { Access } from '../../aws/service.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { FunctionVersion } from './definition.ts';
import { functionArn, functionNotFound, parseFunctionReference } from './functionName.ts';
import type { InvocationResult, InvocationType } from './invocation.ts';

/** What the operations need of the service. */
export interface Functions {
  readonly account: Account;
  /** In order of their names. */
  list(): readonly FunctionVersion[];
  get(name: string): FunctionVersion | undefined;
  /** `logTail` is base64, present when asked for. */
  invoke(
    name: string,
    payload: string,
    options: InvokeOptions,
  ): Promise<InvocationResult & { readonly logTail?: string }>;
}

export interface InvokeOptions {
  readonly type: InvocationType;
  readonly wantsLog?: boolean;
  readonly traceId?: string | undefined;
}

export interface Operation {
  access(input: JsonObject, account: Account): readonly Access[];
  call(input: JsonObject, functions: Functions): JsonObject | Promise<JsonObject>;
}

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  Invoke: { access: onFunction('lambda:InvokeFunction'), call: invoke },
  ListFunctions: { access: () => [{ action: 'lambda:ListFunctions', resource: '*' }], call: listFunctions },
  GetFunction: {
    access: onFunction('lambda:GetFunction'),
    call: (input, functions) => ({ Configuration: configurationOf(findFunction(input, functions)), Tags: {} }),
  },
  GetFunctionConfiguration: {
    access: onFunction('lambda:GetFunctionConfiguration'),
    call: (input, functions) => configurationOf(findFunction(input, functions)),
  },
};

function onFunction(action: string): Operation['access'] {
  return (input, account) => [{ action, resource: functionArn(referenceOf(input, account), account) }];
}

function referenceOf(input: JsonObject, account: Account): ReturnType<typeof parseFunctionReference> {
  const reference = parseFunctionReference(text(input, 'FunctionName', ''), account);
  const qualifier = input.Qualifier === undefined ? reference.qualifier : text(input, 'Qualifier', '');
  return { ...reference, qualifier };
}

/** There are no versions or aliases here: only the code as it is, `$LATEST`. */
function findFunction(input: JsonObject, functions: Functions): FunctionVersion {
  const reference = referenceOf(input, functions.account);
  const found = functions.get(reference.name);
  const known = reference.qualifier === null || reference.qualifier === '$LATEST';
  if (!found || !known) throw functionNotFound(functionArn(reference, functions.account));
  return found;
}

const STATUS_CODES: Readonly<Record<InvocationType, number>> = { RequestResponse: 200, Event: 202, DryRun: 204 };

async function invoke(input: JsonObject, functions: Functions): Promise<JsonObject> {
  const { functionName } = findFunction(input, functions);
  const type = text(input, 'InvocationType', 'RequestResponse');
  if (!isInvocationType(type)) throw new AwsError('InvalidParameterValueException', `Unknown InvocationType ${type}`);
  const wantsLog = text(input, 'LogType', 'None') === 'Tail' && type === 'RequestResponse';
  const traceId = text(input, 'TraceId', '') || undefined;
  const result = await functions.invoke(functionName, text(input, 'Payload', ''), { type, wantsLog, traceId });
  return {
    StatusCode: STATUS_CODES[type],
    Payload: result.payload,
    ...(type === 'RequestResponse' && { ExecutedVersion: '$LATEST' }),
    ...(result.functionError && { FunctionError: result.functionError }),
    ...(result.logTail !== undefined && { LogResult: result.logTail }),
  };
}

const isInvocationType = (value: string): value is InvocationType => Object.hasOwn(STATUS_CODES, value);

const DEFAULT_PAGE_SIZE = 50;

/** `Marker` is the name of the last function of the page before. */
function listFunctions(input: JsonObject, functions: Functions): JsonObject {
  const after = text(input, 'Marker', '');
  const size = input.MaxItems ?? DEFAULT_PAGE_SIZE;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > 10_000) {
    throw new AwsError('InvalidParameterValueException', 'MaxItems must be between 1 and 10000');
  }
  const rest = functions.list().filter(({ functionName }) => functionName > after);
  // AWS returns at most 50 however many are asked for.
  const page = rest.slice(0, Math.min(size, DEFAULT_PAGE_SIZE));
  return {
    Functions: page.map(configurationOf),
    ...(rest.length > page.length && { NextMarker: page.at(-1)!.functionName }),
  };
}

/** The environment's values are left out: they may hold secrets, and no caller here needs them. */
function configurationOf(fn: FunctionVersion): JsonObject {
  return {
    FunctionName: fn.functionName,
    FunctionArn: fn.arn,
    Runtime: fn.runtime,
    Role: fn.principal.arn,
    Handler: fn.handler,
    CodeSize: fn.code.byteLength,
    CodeSha256: fn.codeSha256,
    Timeout: fn.timeoutSeconds,
    MemorySize: fn.memoryMegabytes,
    Version: '$LATEST',
    PackageType: 'Zip',
    ...(fn.layers && { Layers: fn.layers.arns.map((Arn) => ({ Arn })) }),
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}

function text(input: JsonObject, member: string, fallback: string): string {
  const value: JsonValue = input[member] ?? fallback;
  if (typeof value !== 'string') throw new AwsError('ValidationException', `${member} must be a string`);
  return value;
}
