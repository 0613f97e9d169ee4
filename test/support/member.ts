import { randomUUID } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { cognito, control, isLocal } from './aws.ts';
import { graphql, type GraphQLAnswer } from './graphql.ts';
import { target } from './target.ts';

export interface Member {
  readonly sub: string;
  /** Where mail goes. */
  readonly address: string;
  /** Empty until one is claimed. */
  readonly handle: string;
  readonly authorization: string;
  /** What identity pools take. */
  readonly idToken: string;
  send<Data>(query: string, variables?: object): Promise<GraphQLAnswer<Data>>;
}

export interface NewMember {
  readonly groups?: readonly string[];
  /** As the client says it at sign-up: `ja-JP`. */
  readonly locale?: string;
}

/** A user with a claimed handle; every call makes another one. */
export async function newMember(options: NewMember = {}): Promise<Member> {
  const member = await newUser(options);
  const handle = `m${randomUUID().replaceAll('-', '').slice(0, 14)}`;
  const { data } = await member.send<{ claimHandle: { userErrors: object[] } }>(
    'mutation ($handle: String!) { claimHandle(handle: $handle) { userErrors { code message } } }',
    { handle },
  );
  if (data?.claimHandle?.userErrors.length !== 0) throw new Error(`claimHandle: ${JSON.stringify(data)}`);
  return { ...member, handle };
}

/**
 * A signed-in user without a profile. Passwords are left out, since each costs some 40 ms of hashing: the way through
 * sign-up and SRP is the subject of its own test.
 */
export async function newUser(options: NewMember = {}): Promise<Member> {
  const UserPoolId = target.userPoolId;
  const Username = `${randomUUID()}@example.com`;
  await cognito.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: Username },
        { Name: 'email_verified', Value: 'true' },
        ...(options.locale === undefined ? [] : [{ Name: 'locale', Value: options.locale }]),
      ],
    }),
  );
  for (const GroupName of options.groups ?? []) {
    await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
  }
  const tokens = isLocal ? await signInWithoutPassword(Username) : await signInWithPassword(Username);
  const { authorization } = tokens;
  const claims = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  return {
    sub: claims.sub,
    address: Username,
    handle: '',
    ...tokens,
    send: (query, variables) => graphql({ authorization }, query, variables),
  };
}

/** The address that a member signs in by. */
export async function emailOf({ sub }: Pick<Member, 'sub'>): Promise<string> {
  const { UserAttributes = [] } = await cognito.send(
    new AdminGetUserCommand({ UserPoolId: target.userPoolId, Username: sub }),
  );
  return UserAttributes.find(({ Name }) => Name === 'email')?.Value ?? '';
}

/** With a new token: a token is over within the hour, and tests move the clock by months. */
export async function signedInAgain(member: Member): Promise<Member> {
  const claims = JSON.parse(Buffer.from(member.authorization.split('.')[1] ?? '', 'base64url').toString()) as {
    username: string;
  };
  const tokens = await signInWithoutPassword(claims.username);
  const { authorization } = tokens;
  return { ...member, ...tokens, send: (query, variables) => graphql({ authorization }, query, variables) };
}

type Tokens = Pick<Member, 'authorization' | 'idToken'>;

/** Hashing a password costs the local system more than all the rest of a test. */
async function signInWithoutPassword(Username: string): Promise<Tokens> {
  const { userPoolId: UserPoolId, userPoolClientId: ClientId } = target;
  const { AccessToken, IdToken } = await control('sign-in', { UserPoolId, ClientId, Username });
  return { authorization: String(AccessToken), idToken: String(IdToken) };
}

async function signInWithPassword(Username: string): Promise<Tokens> {
  const Password = `Aa1!${randomUUID()}`;
  const { userPoolId: UserPoolId, userPoolClientId: ClientId } = target;
  await cognito.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: Username, PASSWORD: Password },
    }),
  );
  return { authorization: AuthenticationResult?.AccessToken ?? '', idToken: AuthenticationResult?.IdToken ?? '' };
}
