import { runtime } from '@aws-appsync/utils';
import type { NestedContext } from './shared/context.ts';
import { toUser, type UserSource } from './shared/user.ts';
import { isListed } from './shared/visibility.ts';

type Ctx = NestedContext<{ actorIds: string[] }>;

export function request(ctx: Ctx) {
  const ids = ctx.source?.actorIds ?? [];
  if (ids.length === 0) {
    runtime.earlyReturn([]);
  }
  ctx.stash.people = ids;
  ctx.stash.slice = { entries: ids.map((id) => ({ sortKey: id, id, at: '' })), hasMore: false };
  return {};
}

export function response(ctx: Ctx) {
  const users = ctx.stash.users ?? [];
  const actors: UserSource[] = [];
  for (const id of ctx.source?.actorIds ?? []) {
    const user = users.find((item) => item.userId === id);
    if (user && isListed(ctx, user)) {
      actors.push(toUser(user));
    }
  }
  return actors;
}
