import { query } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  return query({ query: { sensor: { eq: ctx.args.sensor } }, limit: ctx.args.limit ?? 10, scanIndexForward: false });
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result.items;
}
