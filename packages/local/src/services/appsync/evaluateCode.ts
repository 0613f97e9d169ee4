import { AwsError } from '../../aws/error.ts';
import {
  CodeError,
  type CodeFinding,
  type Evaluation,
  type EvaluationContext,
  type HandlerModule,
  type HandlerName,
  type JavaScriptRuntime,
} from './javascript/runtime.ts';

/** The members of AppSync's EvaluateCode request, before validation. */
export interface EvaluateCodeInput {
  readonly code?: unknown;
  /** JSON of the context object, 2 to 28,000 characters. */
  readonly context?: unknown;
  /** `request` (the default) or `response`. */
  readonly function?: unknown;
  /** `{name: 'APPSYNC_JS', runtimeVersion: '1.0.0'}` */
  readonly runtime?: unknown;
}

/** AppSync's EvaluateCode response; results, stash and outErrors are JSON texts. */
export interface EvaluateCodeOutput {
  readonly evaluationResult?: string;
  readonly error?: { readonly message: string; readonly codeErrors?: readonly CodeFinding[] };
  readonly logs: readonly string[];
  readonly stash?: string;
  readonly outErrors?: string;
}

const MIN_CONTEXT_CHARACTERS = 2;
const MAX_CONTEXT_CHARACTERS = 28_000;

/**
 * Runs one handler as `aws appsync evaluate-code` does. Code that does not load is an `error` of the answer; a malformed
 * request is a `BadRequestException`. Source: AppSync API reference, EvaluateCode.
 */
export function evaluateCode(runtime: JavaScriptRuntime, input: EvaluateCodeInput): EvaluateCodeOutput {
  const { code, context, handler } = validate(input);
  let module: HandlerModule;
  try {
    module = runtime.load(code, 'code.js');
  } catch (error) {
    if (error instanceof CodeError)
      return { error: { message: error.message, codeErrors: error.codeErrors }, logs: [] };
    throw error;
  }
  return output(module.evaluate(handler, context));
}

function validate(input: EvaluateCodeInput): {
  readonly code: string;
  readonly context: EvaluationContext;
  readonly handler: HandlerName;
} {
  const { code, context, function: handler = 'request', runtime } = input;
  if (!isRecord(runtime) || runtime.name !== 'APPSYNC_JS' || runtime.runtimeVersion !== '1.0.0') {
    throw badRequest('The runtime must have the name APPSYNC_JS and the runtimeVersion 1.0.0.');
  }
  if (typeof code !== 'string' || code === '') throw badRequest('The code must not be empty.');
  if (handler !== 'request' && handler !== 'response') throw badRequest('The function must be request or response.');
  return { code, context: parseContext(context), handler };
}

function parseContext(text: unknown): EvaluationContext {
  if (typeof text !== 'string' || text.length < MIN_CONTEXT_CHARACTERS || text.length > MAX_CONTEXT_CHARACTERS) {
    throw badRequest(`The context must have ${MIN_CONTEXT_CHARACTERS} to ${MAX_CONTEXT_CHARACTERS} characters.`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw badRequest('The context is not valid JSON.');
  }
  if (!isRecord(parsed)) throw badRequest('The context must be a JSON object.');
  return withDefaults(parsed);
}

/** The context of EvaluateCode may hold any part of a real one; `arguments` always exists in what the handler sees. */
function withDefaults(given: Readonly<Record<string, unknown>>): EvaluationContext {
  const info = isRecord(given.info) ? given.info : {};
  const request = isRecord(given.request) ? given.request : {};
  return {
    ...given,
    args: record(given.arguments ?? given.args),
    identity: given.identity ?? null,
    source: given.source ?? null,
    stash: record(given.stash),
    env: record(given.env) as Record<string, string>,
    outErrors: [],
    request: { headers: {}, domainName: null, ...request },
    info: {
      fieldName: '',
      parentTypeName: '',
      variables: {},
      selectionSetList: [],
      selectionSetGraphQL: '',
      ...info,
    },
  };
}

function output(evaluation: Evaluation): EvaluateCodeOutput {
  const { result, error, position, logs, stash, appendedErrors } = evaluation;
  const common = { logs, stash: JSON.stringify(stash), outErrors: JSON.stringify(appendedErrors) };
  if (!error) return { evaluationResult: JSON.stringify(result), ...common };
  const message = position === undefined ? error.message : `${position}: ${error.message}`;
  return { error: { message, codeErrors: [] }, ...common };
}

function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
