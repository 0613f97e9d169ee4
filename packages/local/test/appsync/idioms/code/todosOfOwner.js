import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const { owner, tag, limit = 20, nextToken } = ctx.args;
  const query = JSON.parse(util.transform.toDynamoDBConditionExpression({ owner: { eq: owner } }));
  const filter = tag ? JSON.parse(util.transform.toDynamoDBFilterExpression({ tags: { contains: tag } })) : null;
  return { operation: 'Query', index: 'byOwner', query, filter, limit, nextToken, scanIndexForward: false };
}

export function response(ctx) {
  if (ctx.error) {
    util.error(ctx.error.message, ctx.error.type, ctx.result);
  }
  const { items, nextToken } = ctx.result;
  return { items, nextToken };
}
