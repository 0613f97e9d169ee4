import { util } from '@aws-appsync/utils';

export function request(ctx) {
  return {
    method: 'GET',
    resourcePath: `/v1/forecast/${util.urlEncode(ctx.args.city)}`,
    params: { query: { days: '2' }, headers: { 'content-type': 'application/json' } },
  };
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type);
  }
  const { statusCode, body } = ctx.result;
  if (statusCode === 200) {
    return JSON.parse(body).text;
  }
  return util.appendError(body, `${statusCode}`);
}
