import { generateClient } from 'aws-amplify/api';
import type { ErrorCode } from '@hiroba/api/types';

/** aws-amplify, as it is. Operations are the persisted ones of the contract, with their types. */
export const client = generateClient();

/** A mutation's payload says that it did not do what was asked, and why. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: ErrorCode;

  constructor(code: ErrorCode) {
    super(code);
    this.code = code;
  }
}

interface Payload {
  readonly userErrors: readonly { readonly code: ErrorCode }[];
}

/** @throws Refused */
export function accepted<P extends Payload>(payload: P): P {
  const [error] = payload.userErrors;
  if (error) throw new Refused(error.code);
  return payload;
}
