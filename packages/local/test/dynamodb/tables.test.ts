import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { KeySchemaChanged } from '../../src/services/dynamodb/index.ts';
import { byAuthor, get, key, openEngine, openThings, put, refusal, sortKeys, things } from './support/engine.ts';

const invalid = 'ValidationException: ';

const definition = {
  TableName: 'Made',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'at', AttributeType: 'N' },
  ],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byTime',
      KeySchema: [{ AttributeName: 'at', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
};

describe('CreateTable and DescribeTable', () => {
  it('describe the table as it was asked for', () => {
    const engine = openEngine();
    const { TableDescription } = engine.run('CreateTable', definition) as { TableDescription: JsonObject };
    engine.run('PutItem', { TableName: 'Made', Item: { id: { S: 'x' }, at: { N: '1' } } });
    expect(TableDescription).toMatchObject({ TableStatus: 'ACTIVE', ItemCount: 0 });
    expect(engine.run('DescribeTable', { TableName: 'Made' }).Table).toEqual({
      TableName: 'Made',
      TableArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/Made',
      TableId: TableDescription.TableId,
      TableStatus: 'ACTIVE',
      CreationDateTime: 1_767_225_600,
      KeySchema: definition.KeySchema,
      AttributeDefinitions: definition.AttributeDefinitions,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      DeletionProtectionEnabled: false,
      ItemCount: 1,
      TableSizeBytes: 7,
      GlobalSecondaryIndexes: [
        {
          ...definition.GlobalSecondaryIndexes[0],
          IndexArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/Made/index/byTime',
          IndexStatus: 'ACTIVE',
          ItemCount: 1,
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      LatestStreamArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/Made/stream/2026-01-01T00:00:00.000',
      LatestStreamLabel: '2026-01-01T00:00:00.000',
    });
  });

  it('refuse what AWS refuses', () => {
    const engine = openEngine();
    const ask = (changes: object) => refusal(() => engine.run('CreateTable', { ...definition, ...changes }));
    expect(ask({ TableName: 'a' })).toContain('Member must have length greater than or equal to 3');
    expect(ask({ TableName: 'a/../b' })).toContain('Member must satisfy regular expression pattern');
    expect(ask({ BillingMode: 'PROVISIONED' })).toContain(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified',
    );
    expect(ask({ KeySchema: [{ AttributeName: 'id', KeyType: 'RANGE' }] })).toBe(
      `${invalid}Invalid KeySchema: The first KeySchemaElement is not a HASH key type`,
    );
    expect(ask({ KeySchema: [{ AttributeName: 'no', KeyType: 'HASH' }] })).toBe(
      `${invalid}One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [no], AttributeDefinitions: [id, at]`,
    );
    expect(ask({ GlobalSecondaryIndexes: undefined })).toContain(
      'Number of attributes in KeySchema does not exactly match',
    );
    const [index] = definition.GlobalSecondaryIndexes;
    expect(ask({ GlobalSecondaryIndexes: [index, index] })).toContain('Duplicate index name: byTime');
    expect(
      ask({ GlobalSecondaryIndexes: [{ ...index, Projection: { ProjectionType: 'ALL', NonKeyAttributes: ['x'] } }] }),
    ).toContain('ProjectionType is ALL, but NonKeyAttributes is specified');
  });

  it('refuse a table twice, and local secondary indexes loudly', () => {
    const engine = openEngine();
    engine.run('CreateTable', definition);
    expect(refusal(() => engine.run('CreateTable', definition))).toBe(
      'ResourceInUseException: Table already exists: Made',
    );
    expect(
      refusal(() => engine.run('CreateTable', { ...definition, TableName: 'Two', LocalSecondaryIndexes: [] })),
    ).toMatch(/^NotEmulated/);
    expect(engine.db.listTables()).toEqual(['Made']);
  });
});

describe('DeleteTable and ListTables', () => {
  it('list in order, in pages', () => {
    const engine = openEngine();
    for (const name of ['bbb', 'ccc', 'aaa']) engine.db.provision(things({ name }));
    expect(engine.run('ListTables', { Limit: 2 })).toEqual({
      TableNames: ['aaa', 'bbb'],
      LastEvaluatedTableName: 'bbb',
    });
    expect(engine.run('ListTables', { ExclusiveStartTableName: 'bbb' })).toEqual({ TableNames: ['ccc'] });
  });

  it('delete a table with all it held', () => {
    const engine = openThings({ indexes: [byAuthor()], stream: 'KEYS_ONLY', ttlAttribute: 'ttl' });
    put(engine, 'a', 1, { author: { S: 'x' }, score: { N: '1' }, ttl: { N: '1' } });
    expect(engine.run('DeleteTable', { TableName: 'Things' })).toMatchObject({
      TableDescription: { TableStatus: 'DELETING' },
    });
    expect(refusal(() => get(engine, 'a', 1))).toMatch(/^ResourceNotFoundException/);
    engine.db.provision(things({ indexes: [byAuthor()], stream: 'KEYS_ONLY', ttlAttribute: 'ttl' }));
    expect(engine.run('Scan', { TableName: 'Things', IndexName: 'byAuthor' }).Count).toBe(0);
    expect(engine.db.stream('Things').read(null, 10)).toEqual([]);
  });

  it('keep a protected table', () => {
    const engine = openThings({ deletionProtection: true });
    expect(refusal(() => engine.run('DeleteTable', { TableName: 'Things' }))).toContain('protected against deletion');
    engine.run('UpdateTable', { TableName: 'Things', DeletionProtectionEnabled: false });
    engine.run('DeleteTable', { TableName: 'Things' });
    expect(engine.db.listTables()).toEqual([]);
  });
});

describe('UpdateTable', () => {
  const create = {
    TableName: 'Things',
    AttributeDefinitions: [{ AttributeName: 'author', AttributeType: 'S' }],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'byName',
          KeySchema: [{ AttributeName: 'author', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      },
    ],
  };

  it('adds an index with the items that fit, and drops it', () => {
    const engine = openThings();
    for (let n = 0; n < 1200; n += 1)
      put(engine, `p${n % 7}`, n, n % 2 ? { author: { S: 'x' } } : { author: { N: '1' } });
    engine.run('UpdateTable', create);
    const query = () =>
      engine.run('Query', {
        TableName: 'Things',
        IndexName: 'byName',
        KeyConditionExpression: 'author = :x',
        ExpressionAttributeValues: { ':x': { S: 'x' } },
      });
    expect(query().Count).toBe(600);
    expect(refusal(() => engine.run('UpdateTable', create))).toContain('already exists: byName');
    const remove = { TableName: 'Things', GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byName' } }] };
    engine.run('UpdateTable', remove);
    expect(refusal(query)).toBe(`${invalid}The table does not have the specified index: byName`);
    expect(refusal(() => engine.run('UpdateTable', remove))).toMatch(/^ResourceNotFoundException/);
  });

  it('switches the stream on and off', () => {
    const engine = openThings();
    const stream = (StreamSpecification: JsonObject) =>
      engine.run('UpdateTable', { TableName: 'Things', StreamSpecification });
    stream({ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' });
    put(engine, 'a', 1);
    expect(engine.db.stream('Things').read(null, 10)).toHaveLength(1);
    expect(refusal(() => stream({ StreamEnabled: true, StreamViewType: 'NEW_IMAGE' }))).toContain(
      'already has an enabled',
    );
    stream({ StreamEnabled: false });
    expect(refusal(() => engine.db.stream('Things'))).toMatch(/^ResourceNotFoundException/);
  });

  it('refuses nothing to do and what is not emulated', () => {
    const engine = openThings();
    expect(refusal(() => engine.run('UpdateTable', { TableName: 'Things' }))).toContain('At least one of');
    expect(refusal(() => engine.run('UpdateTable', { TableName: 'Things', ReplicaUpdates: [] }))).toMatch(
      /^NotEmulated/,
    );
  });
});

describe('provision', () => {
  it('brings an existing table to its specification and keeps the items', () => {
    const engine = openThings();
    put(engine, 'a', 1, { author: { S: 'x' }, score: { N: '3' }, ttl: { N: '5' } });
    engine.db.provision(
      things({ indexes: [byAuthor()], ttlAttribute: 'ttl', stream: 'KEYS_ONLY', deletionProtection: true }),
    );
    expect(sortKeys(engine.run('Scan', { TableName: 'Things', IndexName: 'byAuthor' }))).toEqual([1]);
    expect(engine.db.stream('Things').read(null, 1)).toEqual([]);
    engine.db.provision(things());
    expect(get(engine, 'a', 1)).toMatchObject(key('a', 1));
    expect(refusal(() => engine.run('Scan', { TableName: 'Things', IndexName: 'byAuthor' }))).toMatch(/^Validation/);
  });

  it('changes nothing for the same specification', () => {
    const engine = openThings({ stream: 'KEYS_ONLY' });
    put(engine, 'a', 1);
    const { arn } = engine.db.stream('Things');
    engine.clock.advance(1000);
    engine.db.provision(things({ stream: 'KEYS_ONLY' }));
    expect(engine.db.stream('Things').arn).toBe(arn);
    expect(engine.db.stream('Things').read(null, 10)).toHaveLength(1);
  });

  it('builds an index anew when its key changes, and shows a new projection at once', () => {
    const engine = openThings({ indexes: [byAuthor({ type: 'KEYS_ONLY' })] });
    put(engine, 'a', 1, { author: { S: 'x' }, score: { N: '3' }, body: { S: 'b' } });
    put(engine, 'a', 2, { author: { S: 'y' } });
    engine.db.provision(things({ indexes: [{ ...byAuthor(), key: { partition: { name: 'author', type: 'S' } } }] }));
    const { Items } = engine.run('Scan', { TableName: 'Things', IndexName: 'byAuthor' }) as { Items: JsonObject[] };
    expect(Items).toHaveLength(2);
    expect(Items).toContainEqual({ ...key('a', 1), author: { S: 'x' }, score: { N: '3' }, body: { S: 'b' } });
  });

  it('refuses another key and names the table and the ways out', () => {
    const engine = openThings();
    const other = things({ key: { partition: { name: 'id', type: 'N' } } });
    expect(() => engine.db.provision(other)).toThrow(KeySchemaChanged);
    expect(() => engine.db.provision(other)).toThrow(
      'The key of table Things is pk (S), sk (N) in the data folder and id (N) in the Terraform. A key cannot change: reset the data folder, or rename the table.',
    );
  });

  it('refuses a specification that AWS would refuse', () => {
    const engine = openEngine();
    const twice = { ...byAuthor(), key: { partition: { name: 'sk', type: 'S' } } } as const;
    expect(refusal(() => engine.db.provision(things({ indexes: [twice] })))).toContain('Attribute sk is both N and S');
    expect(refusal(() => engine.db.provision(things({ name: 'a;DROP' })))).toContain('regular expression pattern');
    expect(engine.db.listTables()).toEqual([]);
  });
});

describe('Operations', () => {
  it('that DynamoDB has and this engine lacks say so; others are unknown', () => {
    const engine = openEngine();
    expect(refusal(() => engine.run('ExecuteStatement', {}))).toBe(
      "NotEmulated: DynamoDB's operation ExecuteStatement is not emulated by @hiroba/local",
    );
    expect(refusal(() => engine.run('constructor', {}))).toMatch(/^UnknownOperationException/);
    expect(refusal(() => engine.db.access('Nonsense', {}))).toMatch(/^UnknownOperationException/);
  });
});
