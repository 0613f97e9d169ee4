import { util } from '@aws-appsync/utils';

export function request(ctx) {
  return { operation: 'BatchInvoke', payload: { field: ctx.info.fieldName, gauge: ctx.source.id } };
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  const { data, errorMessage } = ctx.result;
  return errorMessage ? util.error(errorMessage, 'Gauge') : data;
}
