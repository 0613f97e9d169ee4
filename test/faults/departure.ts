import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { FaultySystem } from './faultySystem.ts';
import { differs, type Seen } from './invariants.ts';
import type { Member, Model } from './model.ts';

const DELETE = 'mutation ($handle: String!) { done: deleteAccount(confirmHandle: $handle) { userErrors { code } } }';

/** A member leaves: what the member wrote goes, and the member goes out of what others wrote. */
export async function leave(system: FaultySystem, model: Model, member: Member): Promise<void> {
  const { done } = await system.ask<{ done: { userErrors: object[] } }>(member.token, DELETE, { handle: member.name });
  if (done.userErrors.length > 0) throw new Error(`${member.name} cannot leave: ${JSON.stringify(done)}`);
  const { name } = member;
  model.left.add(name);
  for (const post of model.posts) {
    if (post.author === name) post.isLive = false;
    post.likers.delete(name);
    for (const [key, author] of post.comments) if (author === name) post.comments.delete(key);
  }
  for (const pair of model.follows) if (pair.split('>').includes(name)) model.follows.delete(pair);
}

/** Nothing but the id stays of who has left, with counters that have come to nothing; the address is free. */
export async function departures({ system, left }: Seen): Promise<string[]> {
  const found: string[] = [];
  for (const { name, sub, address } of left) {
    const asked = { TableName: 'hiroba-dev-users', Key: { userId: sub }, ConsistentRead: true };
    const { Item = {} } = await system.dynamodb.send(new GetCommand(asked));
    const { userId, status, ...counters } = Item;
    found.push(...differs(`what is left of ${name}`, [userId, status], [sub, 'DELETED']));
    const names = Object.keys(counters).filter((key) => !/^(post|follower|following)Count$/.test(key));
    found.push(...differs(`what more is left of ${name}`, names, []));
    const notNought = Object.values(counters).filter((count) => count !== 0);
    found.push(...differs(`the counters that are left of ${name}`, notNought, []));
    const users = await system.seeded.cognito('ListUsers', {
      UserPoolId: system.seeded.userPoolId,
      Filter: `email = "${address}"`,
    });
    found.push(...differs(`the sign-in that is left of ${name}`, users['Users'], []));
  }
  return found;
}
