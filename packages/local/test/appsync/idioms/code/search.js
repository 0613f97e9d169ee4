import { util } from '@aws-appsync/utils';

export function request(ctx) {
  const query = JSON.parse(util.transform.toElasticsearchQueryDSL({ title: { match: ctx.args.text } }));
  return { operation: 'GET', path: '/todos/_search', params: { body: { from: 0, size: 20, query } } };
}

export const response = (ctx) => ctx.result.hits.hits.map((hit) => hit._source);
