import { AwsError, NotEmulated } from '../../aws/error.ts';
import type { AwsService } from '../../aws/service.ts';
import type { IdentityPoolDefinition } from './config.ts';
import type { CognitoIdentityOptions } from './context.ts';
import { NOT_EMULATED, OPERATIONS } from './operations.ts';
import { createIdentities } from './store.ts';

export type { AuthType, IdentityPoolDefinition, IdentityRole, LoginProvider } from './config.ts';
export type { CognitoIdentityOptions } from './context.ts';

/** The identity pools of the Terraform: ids and temporary keys for guests and for users of its user pools. */
export interface CognitoIdentity extends AwsService {
  /** Takes the pools of a newly read configuration; the identities stay, those of a pool that is gone for its return. */
  replace(definitions: readonly IdentityPoolDefinition[]): void;
}

export function createCognitoIdentity(options: CognitoIdentityOptions): CognitoIdentity {
  const identities = createIdentities(options.database);
  let pools: ReadonlyMap<string, IdentityPoolDefinition> = new Map();

  return {
    name: 'cognito-identity',
    replace(definitions) {
      pools = new Map(definitions.map((definition) => [definition.identityPoolId, definition]));
    },
    // What is emulated is public.
    access: () => [],
    call(operation, input) {
      const run = OPERATIONS.get(operation);
      if (run) return run({ ...options, pools, identities }, input);
      if (NOT_EMULATED.has(operation)) throw new NotEmulated(`cognito-identity ${operation}`);
      throw new AwsError('UnknownOperationException', `cognito-identity has no operation ${operation.slice(0, 64)}`);
    },
  };
}
