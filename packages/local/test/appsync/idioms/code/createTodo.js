import { util } from '@aws-appsync/utils';
import { put } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const key = { id: ctx.args.input.id ?? util.autoId() };
  const item = { ...ctx.args.input, version: 1, createdAt: util.time.nowISO8601() };
  return put({ key, item, condition: { id: { attributeExists: false } } });
}

export function response(ctx) {
  const { error, result } = ctx;
  return error ? util.error(`there is one already: ${result.title}`, error.type) : result;
}
