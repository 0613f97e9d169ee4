import { util } from '@aws-appsync/utils';

/** For members of one group alone. */
export function request(ctx) {
  const groups = ctx.identity?.groups ?? [];
  if (!groups.includes('admin')) {
    util.unauthorized();
  }
  return { payload: `for ${ctx.identity.username}` };
}

export const response = (ctx) => ctx.result;
