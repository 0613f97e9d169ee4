import type { AdminRoute } from '../aws/adminRoutes.ts';
import { AwsError } from '../aws/error.ts';
import type { JsonValue } from '../json.ts';

export function post(name: string, handle: AdminRoute['handle']): AdminRoute {
  return { method: 'POST', path: `/_local/${name}`, handle };
}

/** Throws `AwsError` `ValidationException`. */
export function text(name: string, value: JsonValue | undefined): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('ValidationException', `${name} must be a non-empty string`);
}

/** A time in ISO 8601 as epoch milliseconds. Throws `AwsError` `ValidationException`. */
export function time(name: string, value: JsonValue | undefined): number {
  const milliseconds = Date.parse(text(name, value));
  if (Number.isNaN(milliseconds)) {
    throw new AwsError('ValidationException', `${name} must be in ISO 8601, not "${String(value)}"`);
  }
  return milliseconds;
}
