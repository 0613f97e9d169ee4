import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const keys = ctx.args.ids.map((id) => util.dynamodb.toMapValues({ id }));
  return { operation: 'BatchGetItem', tables: { Todos: { keys, consistentRead: true } } };
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  return ctx.result.data.Todos;
}
