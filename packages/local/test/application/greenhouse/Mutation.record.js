import { util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const at = util.time.nowISO8601();
  return put({ key: { sensor: ctx.args.sensor, at }, item: { celsius: ctx.args.celsius } });
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result;
}
