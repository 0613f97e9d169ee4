import { blocking, type Change, dangerous, safe } from '../changes/change.ts';
import { type Edit, replace } from '../changes/edits.ts';

/** In the settings of prod, which are the last of the three. */
const prod = (from: RegExp, to: string): Edit => ({
  file: 'infra/stages.ts',
  apply(text) {
    const at = text.indexOf('  prod: {');
    const changed = text.slice(0, at) + text.slice(at).replace(from, to);
    if (changed === text) throw new Error(`prod has no ${String(from)}`);
    return changed;
  },
});

const posts = 'data/aws_dynamodb_table.posts';

/** Changes of resolvers and of the infrastructure: what they do is told by the tree's own commands. */
export const treeChanges: readonly Change[] = [
  {
    name: 'a table has another sort key',
    edits: [
      replace(
        'infra/tables.ts',
        "partitionKey: 'postId',\n    sortKey: 'item',",
        "partitionKey: 'postId',\n    sortKey: 'part',",
      ),
    ],
    verdict: blocking('RESOURCE_REPLACED', posts),
  },
  {
    name: 'prod may lose its tables',
    edits: [prod(/deletionProtection: true/, 'deletionProtection: false')],
    verdict: blocking('PROTECTION_REMOVED', posts),
  },
  {
    name: 'prod has other names',
    edits: [prod(/'hiroba-prod'/, "'hiroba-live'")],
    verdict: blocking('RESOURCE_REPLACED', posts),
  },
  {
    name: 'prod shows its schema',
    edits: [prod(/introspection: false/, 'introspection: true')],
    verdict: dangerous('PROTECTION_REMOVED', 'api/aws_appsync_graphql_api.graphql'),
  },
  {
    name: 'a request may be deeper',
    edits: [replace('infra/constructs/graphqlApi.ts', 'queryDepthLimit: 10', 'queryDepthLimit: 40')],
    verdict: dangerous('PROTECTION_REMOVED', 'api/aws_appsync_graphql_api.graphql'),
  },
  {
    name: 'a data source may write',
    edits: [
      replace(
        'infra/dataSources.ts',
        "actions: ['GetItem', 'BatchGetItem'] },\n      { table: 'users', actions: ['Query']",
        "actions: ['GetItem', 'BatchGetItem', 'PutItem'] },\n      { table: 'users', actions: ['Query']",
      ),
    ],
    verdict: dangerous('PERMISSION_ADDED', 'role users_read'),
  },
  {
    name: 'a function may delete',
    edits: [
      replace(
        'infra/functions.ts',
        "{ table: 'posts', actions: ['UpdateItem'] },\n      { table: 'users', actions: ['UpdateItem'] },\n      { table: 'ops', actions: ['PutItem'] },",
        "{ table: 'posts', actions: ['UpdateItem', 'DeleteItem'] },\n      { table: 'users', actions: ['UpdateItem'] },\n      { table: 'ops', actions: ['PutItem'] },",
      ),
    ],
    verdict: dangerous('PERMISSION_ADDED', 'role counters'),
  },
  {
    name: 'each author is read twice as dearly',
    edits: [replace('resolvers/shared/userReference.ts', 'getItem({ userId }, false)', 'getItem({ userId }, true)')],
    verdict: blocking('BUDGET_EXCEEDED', 'Hashtag'),
  },
  {
    name: 'an index has a sort key of another name',
    edits: [
      replace(
        'infra/tables.ts',
        "byTag: { partitionKey: 'tag', sortKey: 'postId' }",
        "byTag: { partitionKey: 'tag', sortKey: 'item' }",
      ),
    ],
    verdict: blocking('PROTECTION_REMOVED', posts),
  },
  {
    name: 'a resolver is written in other words',
    edits: [
      replace(
        'resolvers/Post.author.ts',
        'return getUser(ctx.source?.authorId);',
        'const { source } = ctx;\n  return getUser(source?.authorId);',
      ),
    ],
    verdict: 'silent',
  },
  {
    name: 'a handler has a comment more',
    edits: [replace('lambdas/counters/handler.ts', /^/, '// Counts.\n')],
    verdict: 'silent',
  },
  {
    name: 'logs of prod are kept for a week',
    edits: [prod(/logRetentionDays: 365/, 'logRetentionDays: 7')],
    verdict: dangerous('PROTECTION_REMOVED', '22 of api/aws_cloudwatch_log_group'),
  },
  {
    name: 'a function takes smaller batches',
    edits: [
      replace(
        'infra/functions.ts',
        "table: 'comments', filters: [createdOrDeleted], batchSize: 100",
        "table: 'comments', filters: [createdOrDeleted], batchSize: 50",
      ),
    ],
    verdict: safe('RESOURCE_CHANGED', 'api/aws_lambda_event_source_mapping.counters_comments'),
  },
];
