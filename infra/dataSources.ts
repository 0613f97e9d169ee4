import type { DataSourceSpec } from './dataSourceTable.ts';

/**
 * The data sources of the API. A data source is a role, so this table is what the API may do: reading and writing apart
 * for each table, and one of its own for each request that names several tables or touches another user's items.
 * AppSync itself calls GetItem after a failed condition, which is why the writers of single items may read.
 */
export const dataSources = {
  /** For fields that need no data, and for those that this deployment refuses. */
  none: { type: 'none' },

  users_read: {
    type: 'dynamodb',
    table: 'users',
    grants: [
      { table: 'users', actions: ['GetItem', 'BatchGetItem'] },
      { table: 'users', actions: ['Query'], indexes: ['byHandlePrefix'], base: false },
    ],
  },
  users_write: {
    type: 'dynamodb',
    table: 'users',
    grants: [{ table: 'users', actions: ['UpdateItem', 'GetItem'] }],
  },
  /** The transaction that exchanges a handle. */
  handle_write: {
    type: 'dynamodb',
    table: 'users',
    grants: [{ table: 'users', actions: ['PutItem', 'UpdateItem', 'DeleteItem'] }],
  },

  posts_read: {
    type: 'dynamodb',
    table: 'posts',
    grants: [
      { table: 'posts', actions: ['GetItem', 'BatchGetItem'] },
      { table: 'posts', actions: ['Query'], indexes: ['byAuthor', 'byTag'], base: false },
    ],
  },
  posts_write: {
    type: 'dynamodb',
    table: 'posts',
    grants: [{ table: 'posts', actions: ['PutItem', 'UpdateItem', 'GetItem'] }],
  },
  /** The transaction that attaches photos to a new post. */
  post_photos_write: {
    type: 'dynamodb',
    table: 'posts',
    grants: [
      { table: 'posts', actions: ['PutItem'] },
      { table: 'media', actions: ['UpdateItem'] },
    ],
  },

  comments_read: {
    type: 'dynamodb',
    table: 'comments',
    grants: [{ table: 'comments', actions: ['GetItem', 'Query'] }],
  },
  comments_write: {
    type: 'dynamodb',
    table: 'comments',
    grants: [{ table: 'comments', actions: ['PutItem', 'UpdateItem', 'GetItem'] }],
  },

  edges_read: {
    type: 'dynamodb',
    table: 'edges',
    grants: [
      { table: 'edges', actions: ['GetItem', 'BatchGetItem', 'Query'] },
      { table: 'edges', actions: ['Query'], indexes: ['bySubject'], base: false },
    ],
  },
  edges_write: {
    type: 'dynamodb',
    table: 'edges',
    grants: [{ table: 'edges', actions: ['PutItem', 'DeleteItem', 'GetItem'] }],
  },
  /** Two profiles and the blocks between them. */
  relation_read: {
    type: 'dynamodb',
    table: 'edges',
    grants: [
      { table: 'users', actions: ['BatchGetItem'] },
      { table: 'edges', actions: ['BatchGetItem'] },
    ],
  },
  /** The transaction that blocks: the only one that deletes an edge of another user. */
  block_write: {
    type: 'dynamodb',
    table: 'edges',
    grants: [{ table: 'edges', actions: ['UpdateItem', 'DeleteItem'] }],
  },

  feed_read: {
    type: 'dynamodb',
    table: 'timelines',
    grants: [{ table: 'timelines', actions: ['Query', 'BatchGetItem'] }],
  },
  notifications_read: {
    type: 'dynamodb',
    table: 'notifications',
    grants: [{ table: 'notifications', actions: ['Query'] }],
  },
  media_read: {
    type: 'dynamodb',
    table: 'media',
    grants: [{ table: 'media', actions: ['GetItem', 'BatchGetItem'] }],
  },

  pages_read: { type: 's3', bucket: 'pages' },
  archive_read: { type: 's3', bucket: 'archive' },

  media_write: {
    type: 'dynamodb',
    table: 'media',
    grants: [{ table: 'media', actions: ['PutItem', 'UpdateItem', 'GetItem'] }],
  },
  /** Signs forms that files are sent with, and cookies that open photos. */
  ask_tickets: { type: 'lambda', function: 'tickets' },

  /** Whatever a global id can lead to. */
  node_read: {
    type: 'dynamodb',
    table: 'posts',
    grants: [
      { table: 'users', actions: ['BatchGetItem'] },
      { table: 'posts', actions: ['BatchGetItem'] },
      { table: 'comments', actions: ['BatchGetItem'] },
      { table: 'media', actions: ['BatchGetItem'] },
      { table: 'notifications', actions: ['BatchGetItem'] },
      { table: 'ops', actions: ['BatchGetItem'] },
    ],
  },

  ops_read: {
    type: 'dynamodb',
    table: 'ops',
    grants: [
      { table: 'ops', actions: ['GetItem', 'BatchGetItem'] },
      { table: 'ops', actions: ['Query'], indexes: ['byStatus'], base: false },
    ],
  },
  ops_write: {
    type: 'dynamodb',
    table: 'ops',
    grants: [{ table: 'ops', actions: ['PutItem', 'UpdateItem', 'GetItem'] }],
  },
  /** The transactions that write a job, and with it what it makes of the member's profile. */
  job_write: {
    type: 'dynamodb',
    table: 'ops',
    grants: [
      { table: 'ops', actions: ['PutItem'] },
      { table: 'users', actions: ['UpdateItem'] },
    ],
  },
  export_links: { type: 'lambda', function: 'exportLinks' },
  /** The transaction that closes a case and carries the decision out. */
  decision_write: {
    type: 'dynamodb',
    table: 'ops',
    grants: [
      { table: 'ops', actions: ['UpdateItem'] },
      { table: 'posts', actions: ['UpdateItem'] },
      { table: 'comments', actions: ['UpdateItem'] },
      { table: 'media', actions: ['UpdateItem'] },
      { table: 'users', actions: ['UpdateItem'] },
    ],
  },
} as const satisfies Readonly<Record<string, DataSourceSpec>>;

export type DataSourceName = keyof typeof dataSources;
