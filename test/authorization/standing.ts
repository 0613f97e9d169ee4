import { type Member, newMember } from '../support/member.ts';
import { suspend } from '../support/social.ts';
import { outcomeOf } from './outcome.ts';
import { readTable } from './readTable.ts';
import { requestOf } from './requests/index.ts';
import type { World } from './world.ts';

/** Members who are no longer active, of all groups. */
export interface Inactive {
  readonly suspended: Member;
  readonly deleted: Member;
}

export interface StandingRow {
  /** `standing.md:12` */
  readonly at: string;
  /** A mutation, as `Mutation.likePost`. */
  readonly field: string;
  readonly of: string;
  /** For the suspended and for the deleted member. */
  readonly cells: readonly string[];
}

export const readStanding = (): readonly StandingRow[] =>
  readTable('standing.md', ['field', 'of', 'suspended', 'deleted']).map(
    ({ at, values: [field = '', of = '', ...cells] }) => ({ at, field, of, cells }),
  );

export async function makeInactive(): Promise<Inactive> {
  const groups = ['moderators', 'operators'];
  const [suspended, deleted] = await Promise.all([newMember({ groups }), newMember({ groups })]);
  await Promise.all([suspend(suspended), deleteAccount(deleted)]);
  return { suspended, deleted };
}

export async function standingOutcomes({ field, of }: StandingRow, world: World, members: Inactive): Promise<string[]> {
  const request = requestOf(field, of);
  if (!('ask' in request)) throw new Error(`${field} is no mutation`);
  const outcomes: string[] = [];
  for (const { authorization } of [members.suspended, members.deleted])
    outcomes.push(await outcomeOf({ authorization }, await request.ask(world, 'stranger')));
  return outcomes;
}

async function deleteAccount(member: Member): Promise<void> {
  const { data } = await member.send<{ deleteAccount: { userErrors: readonly object[] } }>(
    `mutation { deleteAccount(confirmHandle: "${member.handle}") { userErrors { code } } }`,
  );
  if (data.deleteAccount.userErrors.length > 0) throw new Error(JSON.stringify(data.deleteAccount.userErrors));
}
