import type { FunctionError } from '../messages.ts';

/** What a handler threw, as Lambda reports it. Anything can be thrown, so anything is made readable. */
export function toFunctionError(thrown: unknown): FunctionError {
  if (thrown instanceof Error) {
    return {
      errorType: String(thrown.name || thrown.constructor.name),
      errorMessage: String(thrown.message),
      trace: String(thrown.stack ?? '').split('\n'),
    };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

/** A failure of loading the function, told apart by Lambda from what its code throws later. */
export function toInitError(thrown: unknown): FunctionError {
  const error = toFunctionError(thrown);
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
    return { ...error, errorType: 'Runtime.ImportModuleError', errorMessage: `Error: ${error.errorMessage}` };
  }
  if (thrown instanceof SyntaxError) {
    return { ...error, errorType: 'Runtime.UserCodeSyntaxError', errorMessage: `SyntaxError: ${error.errorMessage}` };
  }
  return error;
}
