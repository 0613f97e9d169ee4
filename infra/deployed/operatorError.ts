import type { Deployment } from './deployment.ts';

/** An operator's command cannot do what it was asked, for a reason that the operator can act on. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** What AWS, the SDK or the network say, as far as an operator can act on it; anything else is our bug. */
export function explain(error: unknown, { where, isLocal }: Deployment): OperatorError | null {
  if (error instanceof OperatorError) return error;
  if (!(error instanceof Error)) return null;
  const { name, message } = error;
  if (
    name === 'CredentialsProviderError' ||
    name === 'ExpiredTokenException' ||
    name === 'UnrecognizedClientException'
  ) {
    const remedy = isLocal
      ? 'is --data right? A system that keeps nothing takes its key from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'
      : 'sign in as for the AWS CLI (aws sts get-caller-identity tells who you are)';
    return new OperatorError(`No credentials that ${where} takes (${message}): ${remedy}.`);
  }
  if (isUnreachable(error)) {
    const remedy = isLocal ? 'is the system running (npm start)? For AWS, say --stage NAME' : 'is there a network?';
    return new OperatorError(`Nothing answers at ${where}: ${remedy}.`);
  }
  return name.startsWith('AccessDenied') || name === 'NotEmulated' ? new OperatorError(message) : null;
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EAI_AGAIN']);

function isUnreachable(error: Error & { readonly code?: unknown; readonly cause?: unknown }): boolean {
  if (typeof error.code === 'string' && UNREACHABLE.has(error.code)) return true;
  if (error instanceof AggregateError) return error.errors.some((one) => one instanceof Error && isUnreachable(one));
  return error.cause instanceof Error && isUnreachable(error.cause);
}
