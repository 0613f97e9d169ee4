import { get } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  return get({ key: { sensor: ctx.args.sensor } });
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  const item = ctx.result;
  return item
    ? { sensor: item.sensor, celsius: item.total / item.readings, readings: item.readings, alert: item.alert }
    : null;
}
