import type { DynamoDBGetItemRequest } from '@aws-appsync/utils';
import { fail } from './errors.ts';
import type { UserItem } from './items.ts';
import { getItem } from './requests.ts';
import { toUser, userTombstone, type UserSource } from './user.ts';

/** Fields that lead to one user read it each; the per-resolver cache is what makes that cheap. */
export function getUser(userId: string | undefined): DynamoDBGetItemRequest {
  return getItem({ userId }, false);
}

type Answered = { result: UserItem | null; error?: { message: string; type: string } };

export function userOrTombstone(ctx: Answered, userId: string | undefined): UserSource {
  if (ctx.error) {
    fail(ctx.error);
  }
  return ctx.result ? toUser(ctx.result) : userTombstone(userId as string);
}
