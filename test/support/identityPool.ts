import type { AccessKey } from './signed.ts';
import { target } from './target.ts';
import type { Member } from './member.ts';

const { awsEndpoint, region, identityPoolId, userPoolId } = target;
const endpoint = awsEndpoint === '' ? `https://cognito-identity.${region}.amazonaws.com/` : `${awsEndpoint}/`;

type Answer = Record<string, unknown>;

export interface IdentityAnswer {
  readonly status: number;
  readonly body: Answer;
}

/** An operation of the identity pool, as a browser calls it: unsigned. */
export async function askIdentityPool(operation: string, input: object): Promise<IdentityAnswer> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityService.${operation}`,
  };
  const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(input) });
  return { status: response.status, body: (await response.json()) as Answer };
}

/** `Logins` with a user's ID token. */
export const loginsOf = (idToken: string): Record<string, string> => ({
  [`cognito-idp.${region}.amazonaws.com/${userPoolId}`]: idToken,
});

async function expectAnswer(operation: string, input: object): Promise<Answer> {
  const { status, body } = await askIdentityPool(operation, input);
  if (status !== 200) throw new Error(`${operation}: ${JSON.stringify(body)}`);
  return body;
}

async function keysOf(logins: object): Promise<AccessKey> {
  const { IdentityId } = await expectAnswer('GetId', { IdentityPoolId: identityPoolId, ...logins });
  const { Credentials } = await expectAnswer('GetCredentialsForIdentity', { IdentityId, ...logins });
  const { AccessKeyId, SecretKey, SessionToken } = Credentials as Record<string, string>;
  return { accessKeyId: AccessKeyId ?? '', secretAccessKey: SecretKey ?? '', sessionToken: SessionToken ?? '' };
}

/** The keys of a new guest. */
export const guestKeys = (): Promise<AccessKey> => keysOf({});

/** The keys that a member's ID token buys. */
export const memberKeys = ({ idToken }: Pick<Member, 'idToken'>): Promise<AccessKey> =>
  keysOf({ Logins: loginsOf(idToken) });
