import { AwsError, NotEmulated } from '../../aws/error.ts';
import type { AwsService } from '../../aws/service.ts';
import type { JsonObject } from '../../json.ts';
import { createChallenges } from './challenges.ts';
import type { GroupDefinition, UserPoolClientDefinition, UserPoolDefinition } from './config.ts';
import { type Cognito, type CognitoOptions, requirePool } from './context.ts';
import { requireString } from './input.ts';
import { isSignedIn } from './people.ts';
import { createManagedLogin, type LoginAnswer, type LoginRequest } from './managedLogin/index.ts';
import { NOT_EMULATED, OPERATIONS } from './operations.ts';
import { createProvisioning } from './provision.ts';
import { signInAs } from './signInAs.ts';
import { createAttempts } from './store/attempts.ts';
import { createCodes } from './store/codes.ts';
import { createSchema } from './store/database.ts';
import { createGrants } from './store/grants.ts';
import { createGroups } from './store/groups.ts';
import { createMfaPreferences } from './store/mfaPreferences.ts';
import { createPools } from './store/pools.ts';
import { createRefreshTokens } from './store/refreshTokens.ts';
import { createSoftwareTokens } from './store/softwareTokens.ts';
import { createUsers } from './store/users.ts';
import { createTokenVerifier, type Inspection, type Refusal, type TokenClaims } from './tokens/verify.ts';

export type {
  AttributeDefinition,
  ClientOAuth,
  ContactAttribute,
  GroupDefinition,
  IdentityProviderDefinition,
  LambdaTriggers,
  MessageTemplates,
  MfaFactor,
  PasswordPolicy,
  UserPoolClientDefinition,
  UserPoolDefinition,
} from './config.ts';
export type { CognitoOptions, InvokeTrigger } from './context.ts';
export type { LoginAnswer, LoginRequest } from './managedLogin/index.ts';
export type { Inspection, TokenClaims } from './tokens/verify.ts';

/** The user pools of the Terraform: sign-up, sign-in, tokens, and the administration of users. */
export interface CognitoIdp extends AwsService {
  /** Adds a pool or replaces its configuration; its users and its key stay. */
  provisionPool(definition: UserPoolDefinition): void;
  provisionClient(definition: UserPoolClientDefinition): void;
  provisionGroup(definition: GroupDefinition): void;
  /**
   * The claims of a good ID or access token of one of these pools; throws `UnauthorizedException` (401). Whether the
   * user signed out or was disabled since is not looked at: AppSync does not know it either until the token expires.
   */
  verifyToken(poolIds: readonly string[], token: string): TokenClaims;
  /** What is good or wrong about a token that is said to be of that pool, for identity pools. */
  inspectToken(poolId: string, token: string): Inspection;
  /** Whether the user of good claims is there, enabled, and was not signed out since. */
  isSignedIn(claims: TokenClaims): boolean;
  /** Tokens of a user without its password: for seed data and tests, by way of the control operations alone. */
  signInAs(poolId: string, clientId: string, username: string): Promise<JsonObject>;
  /** The login page, OAuth's endpoints and the public keys over HTTP; null for what is none of them. */
  managedLogin(request: LoginRequest): Promise<LoginAnswer | null>;
  /** The pool's public keys, as `/.well-known/jwks.json` gives them. */
  jwks(poolId: string): JsonObject;
  /** `https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEf9hI`, the `iss` of the pool's tokens. */
  issuer(poolId: string): string;
}

export function createCognitoIdp(options: CognitoOptions): CognitoIdp {
  const cognito = createContext(options);
  const { region, accountId } = options.account;
  const provisioning = createProvisioning(cognito, createPools(options.database, options));

  return {
    name: 'cognito-idp',
    ...provisioning,

    access(operation, input) {
      const entry = OPERATIONS.get(operation);
      if (!entry || entry.access === 'public') return [];
      const action = `cognito-idp:${operation}`;
      if (entry.access === 'account') return [{ action, resource: '*' }];
      const poolId = requireString(input, 'UserPoolId');
      const arn = cognito.pools.get(poolId)?.arn ?? `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`;
      return [{ action, resource: arn }];
    },

    call(operation, input) {
      const entry = OPERATIONS.get(operation);
      if (entry) return entry.run(cognito, input);
      if (NOT_EMULATED.has(operation)) throw new NotEmulated(`cognito-idp ${operation}`);
      throw new AwsError('UnknownOperationException', `cognito-idp has no operation ${operation.slice(0, 64)}`);
    },

    verifyToken(poolIds, token) {
      const inspection = cognito.inspectToken(token);
      if ('refusal' in inspection) throw unauthorized(inspection.refusal);
      if (!poolIds.includes(inspection.poolId)) throw unauthorized('issuer');
      return inspection.claims;
    },

    inspectToken(poolId, token) {
      const inspection = cognito.inspectToken(token);
      return 'claims' in inspection && inspection.claims.iss !== cognito.pools.get(poolId)?.issuer
        ? { refusal: 'issuer' }
        : inspection;
    },

    isSignedIn: (claims) => isSignedIn(cognito, claims),

    signInAs: (poolId, clientId, username) => signInAs(cognito, { poolId, clientId, username }),
    managedLogin: createManagedLogin(cognito),
    jwks: (poolId) => ({ keys: [requirePool(cognito, poolId).key.jwk] }),
    issuer: (poolId) => requirePool(cognito, poolId).issuer,
  };
}

function createContext(options: CognitoOptions): Cognito {
  const { database, clock, random } = options;
  createSchema(database);
  const pools: Cognito['pools'] = new Map();
  // An issuer ends in the pool's id; the whole of it is compared, so that no other prefix will do.
  const poolByIssuer = (issuer: string) => {
    const pool = pools.get(issuer.slice(issuer.lastIndexOf('/') + 1));
    return pool?.issuer === issuer ? pool : undefined;
  };
  return {
    ...options,
    pools,
    clients: new Map(),
    users: createUsers(database),
    groups: createGroups(database),
    codes: createCodes(database),
    attempts: createAttempts(database),
    refreshTokens: createRefreshTokens(database),
    grants: createGrants(database),
    softwareTokens: createSoftwareTokens(database, options.sealing),
    mfaPreferences: createMfaPreferences(database),
    challenges: createChallenges({ clock, random }),
    inspectToken: createTokenVerifier({ clock, poolByIssuer }),
  };
}

/** AppSync's words where they are known; the others say the same and help to find the cause. */
const REFUSALS: Readonly<Record<Refusal, string>> = {
  malformed: 'Unable to parse JWT token.',
  issuer: 'The token was not issued by a user pool of this API.',
  signature: "The token's signature does not match a key of its user pool.",
  claims: 'The token lacks a claim that user pool tokens have.',
  notYetValid: 'The token is not valid yet.',
  expired: 'Token has expired.',
};

const unauthorized = (refusal: Refusal) =>
  new AwsError('UnauthorizedException', REFUSALS[refusal], { statusCode: 401, details: { reason: refusal } });
