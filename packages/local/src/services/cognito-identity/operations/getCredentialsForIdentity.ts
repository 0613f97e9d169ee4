import { NotEmulated } from '../../../aws/error.ts';
import type { WebIdentity } from '../../../aws/service.ts';
import type { JsonObject } from '../../../json.ts';
import { PolicyError } from '../../iam/index.ts';
import type { IdentityPoolDefinition, IdentityRole } from '../config.ts';
import { type Context, requirePool } from '../context.ts';
import { badConfiguration, guestsRefused, identityForbidden, identityNotFound, loginsDiffer } from '../errors.ts';
import { readLogins, requireId } from '../input.ts';
import { readLogin, type Login } from '../logins.ts';
import type { Identity } from '../store.ts';

/** An hour, whatever the role's `max_session_duration` says. */
const SESSION_MILLISECONDS = 3_600_000;
const SESSION_NAME = 'CognitoIdentityCredentials';

/** Temporary keys of the pool's role for guests or for users: the enhanced flow. */
export async function getCredentialsForIdentity(context: Context, input: JsonObject): Promise<JsonObject> {
  const identityId = requireId(input, 'IdentityId');
  if (input['CustomRoleArn'] !== undefined) throw new NotEmulated('CustomRoleArn');
  const identity = context.identities.find(identityId);
  if (!identity) throw identityNotFound(identityId);
  const pool = requirePool(context, identity.identityPoolId);
  const login = readLogin(pool, readLogins(input), context);
  admit(context, { pool, identity, login });

  const authType = login ? 'authenticated' : 'unauthenticated';
  const role = pool.roles[authType];
  if (!role) throw refused(context, `${pool.address} has no role for ${authType} identities`);
  const webIdentity = webIdentityOf(identity, login, role);
  await requireTrust(context, role, webIdentity);
  const expiresAt = context.clock.now() + SESSION_MILLISECONDS;
  const key = context.sessions.issue({ ...role.principal, webIdentity }, expiresAt);
  return {
    IdentityId: identityId,
    Credentials: {
      AccessKeyId: key.accessKeyId,
      SecretKey: key.secretAccessKey,
      SessionToken: key.sessionToken,
      Expiration: Math.floor(expiresAt / 1_000),
    },
  };
}

interface Claim {
  readonly pool: IdentityPoolDefinition;
  readonly identity: Identity;
  readonly login: Login | null;
}

/** Only who an identity belongs to gets keys for it. A guest who signed in takes the identity along. */
function admit({ identities }: Context, { pool, identity, login }: Claim): void {
  const { identityId, identityPoolId } = identity;
  if (!login) {
    if (identity.login) throw identityForbidden(identityId);
    if (!pool.allowsGuests) throw guestsRefused();
    return;
  }
  if (identity.login) {
    const isOwn = identity.login.provider === login.provider && identity.login.subject === login.subject;
    if (!isOwn) throw loginsDiffer();
    return;
  }
  if (identities.idOf(identityPoolId, login)) throw new NotEmulated("merging a guest's identity with that of a user");
  identities.link({ ...identity, login });
}

function webIdentityOf({ identityId, identityPoolId }: Identity, login: Login | null, role: IdentityRole): WebIdentity {
  const common = { identityId, identityPoolId, userId: `${role.uniqueId}:${SESSION_NAME}` };
  if (!login) return { ...common, authType: 'unauthenticated', authProvider: null, methods: ['unauthenticated'] };
  const signedIn = `${login.provider}:CognitoSignIn:${login.subject}`;
  return {
    ...common,
    authType: 'authenticated',
    authProvider: `"${login.provider}","${signedIn}"`,
    methods: ['authenticated', login.provider, signedIn],
  };
}

async function requireTrust(context: Context, { principal }: IdentityRole, webIdentity: WebIdentity): Promise<void> {
  try {
    await context.iam.trustsWebIdentity(principal.arn, webIdentity);
  } catch (error) {
    throw error instanceof PolicyError ? refused(context, error.message) : error;
  }
}

function refused({ log }: Context, reason: string): Error {
  log(`cognito-identity: ${reason}`);
  return badConfiguration();
}
