import { describe, expect, test } from 'vitest';
import { checkNoOrphans, checkWiring } from './checkWiring.ts';
import { folderWith, smallFiles, smallSchema, smallWiring } from './testing/application.ts';
import type { Wiring } from './wiring.ts';

function wired(changes: Partial<Wiring>): Wiring {
  return { ...smallWiring, ...changes };
}

describe('the tables of infra and the schema', () => {
  test('agree in the small application', () => {
    expect(() => checkWiring(smallSchema, smallWiring)).not.toThrow();
  });

  test.each<[string, string, Partial<Wiring>]>([
    [
      'error Query.post is in the schema and has no row in infra/resolvers.ts',
      smallSchema,
      { resolvers: { 'Mutation.publishPost': { dataSource: 'none' } }, functions: {} },
    ],
    [
      'error Query.posts has a row in infra/resolvers.ts and is not in the schema',
      smallSchema,
      { resolvers: { ...smallWiring.resolvers, 'Query.posts': { dataSource: 'none' } } },
    ],
    [
      'error Mutation.publishPost uses the data source nothing, which has no row in infra/dataSources.ts',
      smallSchema,
      { resolvers: { ...smallWiring.resolvers, 'Mutation.publishPost': { dataSource: 'nothing' } } },
    ],
    [
      'error loadPost uses the data source posts, which has no row in infra/dataSources.ts',
      smallSchema,
      { functions: { loadPost: { dataSource: 'posts' } } },
    ],
    [
      'error Query.post uses the function toString, which has no row in infra/resolvers.ts',
      smallSchema,
      { resolvers: { ...smallWiring.resolvers, 'Query.post': { pipeline: ['loadPost', 'toString'] } } },
    ],
    [
      'error Query.post is a pipeline of 11 functions and AppSync takes 10',
      smallSchema,
      {
        resolvers: {
          ...smallWiring.resolvers,
          'Query.post': { pipeline: Array.from({ length: 11 }, () => 'loadPost') },
        },
      },
    ],
    [
      'error the data source signer calls the function signatures, which has no row in infra/functions.ts',
      smallSchema,
      { dataSources: { ...smallWiring.dataSources, signer: { type: 'lambda', function: 'signatures' } } },
    ],
    [
      'error a data source and a function are both named counters, and so would be their roles: rename one',
      smallSchema,
      { dataSources: { ...smallWiring.dataSources, counters: { type: 'none' } } },
    ],
    [
      'error nothing calls the function idle: its row has no stream, no queue and no page, and no data source names it',
      smallSchema,
      { lambdaFunctions: { ...smallWiring.lambdaFunctions, idle: { grants: [] } } },
    ],
    [
      'error the function mail sends to counters, which has no queue in infra/functions.ts',
      smallSchema,
      {
        lambdaFunctions: {
          ...smallWiring.lambdaFunctions,
          mail: { grants: [], sends: ['counters'], queue: { batchSize: 10, maxReceives: 5, alarmAgeSeconds: 60 } },
        },
      },
    ],
    [
      'error the function nightly has schedules or arrivals and no queue for them: add `queue` to its row\n' +
        'error nothing calls the function nightly: its row has no stream, no queue and no page, and no data source names it',
      smallSchema,
      {
        lambdaFunctions: {
          ...smallWiring.lambdaFunctions,
          nightly: { grants: [], schedules: { nightly: { expression: 'rate(1 day)', message: {} } } },
        },
      },
    ],
    [
      'error the function unused is in no pipeline of infra/resolvers.ts',
      smallSchema,
      { functions: { ...smallWiring.functions, unused: { dataSource: 'none' } } },
    ],
    [
      'error none_such is granted the index byAge, which the table users does not have',
      smallSchema,
      {
        dataSources: {
          ...smallWiring.dataSources,
          none_such: {
            type: 'dynamodb',
            table: 'users',
            grants: [{ table: 'users', actions: ['Query'], indexes: ['byAge'] }],
          },
        },
      },
    ],
    [
      'error the function counters publishes Mutation.publishPost, which is not in the schema',
      'type Query { post: String }',
      { resolvers: { 'Query.post': { pipeline: ['loadPost'] } } },
    ],
  ])('disagree: %s', (line, schema, changes) => {
    expect(() => checkWiring(schema, wired(changes))).toThrow(expect.objectContaining({ message: line }));
  });

  test('disagree in as many lines as there are mistakes', () => {
    expect(() =>
      checkWiring('type Query { a: String b: String }', {
        dataSources: {},
        functions: {},
        resolvers: {},
        lambdaFunctions: {},
      }),
    ).toThrow(
      expect.objectContaining({
        message:
          'error Query.a is in the schema and has no row in infra/resolvers.ts\nerror Query.b is in the schema and has no row in infra/resolvers.ts',
      }),
    );
  });

  test('leave no file without a row', () => {
    const root = folderWith({
      ...smallFiles,
      'resolvers/Post.author.ts': '',
      'resolvers/functions/loadAuthor.ts': '',
      'resolvers/tables.d.ts': '',
    });
    expect(() => checkNoOrphans(root, smallWiring)).toThrow(
      expect.objectContaining({
        message:
          'error resolvers/Post.author.ts has no row in infra/resolvers.ts\nerror resolvers/functions/loadAuthor.ts has no row in infra/resolvers.ts',
      }),
    );
  });
});
