import type { JsonObject } from '../../../json.ts';
import type { Cognito } from '../context.ts';

/**
 * `public`: unsigned, authorized by what the input carries (password, code, token).
 * `pool`: signed, `cognito-idp:Operation` on the pool's ARN. `account`: signed, on `*`.
 */
export type OperationAccess = 'public' | 'pool' | 'account';

export type Operation = (cognito: Cognito, input: JsonObject) => JsonObject | Promise<JsonObject>;
