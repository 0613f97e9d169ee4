import { createPgStatement, select, toJsonObject } from '@aws-appsync/utils/rds';

export function request(ctx) {
  return createPgStatement(
    select({ from: { i: 'invoice' }, columns: ['i.id'], where: { owner: { eq: ctx.args.owner } } }),
  );
}

export const response = (ctx) => toJsonObject(ctx.result)[0];
