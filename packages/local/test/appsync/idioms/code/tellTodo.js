import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const event = { source: 'todos', detailType: 'told', detail: { id: ctx.args.id }, time: util.time.nowISO8601() };
  return { operation: 'PutEvents', events: [event] };
}

export function response(ctx) {
  return ctx.error ? util.error(ctx.error.message, ctx.error.type) : ctx.result.Entries.length;
}
