import type { FaultySystem } from './faultySystem.ts';
import type { Member, Model } from './model.ts';

const CLAIM = 'mutation ($handle: String!) { claimHandle(handle: $handle) { userErrors { code } } }';

/** Members with profiles, one after the other, so that the same seed makes the same people. */
export async function makeMembers({ seeded }: FaultySystem, names: readonly string[]): Promise<Member[]> {
  const members: Member[] = [];
  for (const name of names) members.push(await makeMember(seeded, name));
  return members;
}

async function makeMember(seeded: FaultySystem['seeded'], name: string): Promise<Member> {
  const address = `${name}@example.com`;
  await seeded.cognito('AdminCreateUser', {
    UserPoolId: seeded.userPoolId,
    Username: address,
    MessageAction: 'SUPPRESS',
    UserAttributes: [
      { Name: 'email', Value: address },
      { Name: 'email_verified', Value: 'true' },
    ],
  });
  const token = await seeded.signIn(address);
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
  const { claimHandle } = await seeded.graphql<{ claimHandle: { userErrors: object[] } }>(token, CLAIM, {
    handle: name,
  });
  if (claimHandle.userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(claimHandle)}`);
  return { name, sub: claims.sub, address, token };
}

/** The same people with tokens of now: the old ones end after an hour of the local clock. */
export async function signInAgain({ seeded }: FaultySystem, members: readonly Member[]): Promise<Member[]> {
  return Promise.all(members.map(async (member) => ({ ...member, token: await seeded.signIn(member.address) })));
}

export const globalId = (...parts: readonly string[]): string => Buffer.from(parts.join(':')).toString('base64url');

const WANT_DIGEST = 'mutation { done: updateSettings(input: { digest: DAILY }) { userErrors { code } } }';

export async function subscribe(system: FaultySystem, model: Model, { name, token }: Member): Promise<void> {
  const { done } = await system.ask<{ done: { userErrors: object[] } }>(token, WANT_DIGEST);
  if (done.userErrors.length > 0) throw new Error(`${name} gets no digest: ${JSON.stringify(done)}`);
  model.digests.add(name);
}
