import { bucketName, queueUrl, streamArn, tableName } from '../../support/aws.ts';
import { target } from '../../support/target.ts';
import { tables } from '../../../infra/tables.ts';
import { declaredSender } from './declared.ts';
import { type Knock, knockAtBucket, knockAtFunction, knockJson, knockMails } from './knock.ts';

/**
 * One harmless request for each action that a function could be allowed at a kind of place: it reads what is not there, or would
 * write something that a condition or a mistake in the request forbids. All that matters is whether it is refused for the lack of
 * a permission.
 */
export type Knocks = Readonly<Record<string, Knock>>;

/** What is knocked at: `table posts`, `index posts byAuthor`, `stream posts`, `queue mail`, `bucket photos media/`, `function jobs`, `parameter site-url`, `members`, `mails`. */
export async function knocksAt(place: string): Promise<Knocks> {
  const [kind, name = '', part = ''] = place.split(' ');
  switch (kind) {
    case 'table':
      return tableKnocks(name);
    case 'index':
      return indexKnocks(name, part);
    case 'stream':
      return streamKnocks(await streamArn(name));
    case 'queue':
      return queueKnocks(await queueUrl(name));
    case 'bucket':
      return bucketKnocks(await bucketName(name), part);
    case 'parameter':
      return { GetParameter: knockJson('ssm', 'AmazonSSM.GetParameter', { Name: `/hiroba-dev/${name}` }) };
    case 'members':
      return memberKnocks(target.userPoolId);
    case 'mails':
      return mailKnocks(declaredSender());
    case 'function':
      return { InvokeFunction: knockAtFunction(`hiroba-dev-${name}`) };
    default:
      throw new Error(`${place} is no kind of place`);
  }
}

const definitionOf = (table: string) => {
  const found = Object.entries(tables).find(([name]) => name === table)?.[1];
  if (!found) throw new Error(`${table} is no table`);
  return found;
};

function tableKnocks(table: string): Knocks {
  const { partitionKey, ...definition } = definitionOf(table);
  const sortKey = 'sortKey' in definition ? definition.sortKey : undefined;
  const Key = { [partitionKey]: NOBODY, ...(sortKey === undefined ? {} : { [sortKey]: NOBODY }) };
  const TableName = tableName(table);
  const ConditionExpression = 'attribute_exists(#never)';
  const impossible = { TableName, ConditionExpression, ExpressionAttributeNames: { '#never': 'neverThere' } };
  return {
    GetItem: dynamodb('GetItem', { TableName, Key }),
    BatchGetItem: dynamodb('BatchGetItem', { RequestItems: { [TableName]: { Keys: [Key] } } }),
    Query: dynamodb('Query', { TableName, ...equals(partitionKey) }),
    Scan: dynamodb('Scan', { TableName, Limit: 1 }),
    PutItem: dynamodb('PutItem', { ...impossible, Item: Key }),
    UpdateItem: dynamodb('UpdateItem', { ...impossible, Key }),
    DeleteItem: dynamodb('DeleteItem', { ...impossible, Key }),
    BatchWriteItem: dynamodb('BatchWriteItem', { RequestItems: { [TableName]: [{ DeleteRequest: { Key } }] } }),
    ConditionCheckItem: dynamodb('TransactWriteItems', {
      TransactItems: [{ ConditionCheck: { ...impossible, Key } }],
    }),
    DescribeTable: dynamodb('DescribeTable', { TableName }),
  };
}

function indexKnocks(table: string, index: string): Knocks {
  const found = Object.entries(definitionOf(table).indexes).find(([name]) => name === index)?.[1];
  if (!found) throw new Error(`${table} has no index ${index}`);
  const read = { TableName: tableName(table), IndexName: index };
  return {
    Query: dynamodb('Query', { ...read, ...equals((found as { partitionKey: string }).partitionKey) }),
    Scan: dynamodb('Scan', { ...read, Limit: 1 }),
  };
}

function streamKnocks(StreamArn: string): Knocks {
  const ask = (operation: string, input: object): Knock =>
    knockJson('dynamodb', `DynamoDBStreams_20120810.${operation}`, input);
  const shard = { StreamArn, ShardId: 'shardId-00000000000000000000-00000000' };
  return {
    DescribeStream: ask('DescribeStream', { StreamArn }),
    GetShardIterator: ask('GetShardIterator', { ...shard, ShardIteratorType: 'LATEST' }),
    GetRecords: ask('GetRecords', { ShardIterator: `${StreamArn}|1|none` }),
  };
}

function queueKnocks(QueueUrl: string): Knocks {
  return {
    // Refused for what they say, wherever they are allowed: no message comes or goes.
    SendMessage: sqs('SendMessage', { QueueUrl, MessageBody: 'x', DelaySeconds: 901 }),
    ReceiveMessage: sqs('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 11 }),
    DeleteMessage: sqs('DeleteMessage', { QueueUrl, ReceiptHandle: 'none' }),
    ChangeMessageVisibility: sqs('ChangeMessageVisibility', { QueueUrl, ReceiptHandle: 'none', VisibilityTimeout: 1 }),
    GetQueueAttributes: sqs('GetQueueAttributes', { QueueUrl }),
  };
}

function bucketKnocks(bucket: string, prefix: string): Knocks {
  const key = `${prefix}${NOBODY.S}`;
  const ask = (action: string, method: 'GET' | 'PUT' | 'DELETE') => knockAtBucket({ action, method, bucket, key });
  return {
    GetObject: ask('s3:GetObject', 'GET'),
    PutObject: ask('s3:PutObject', 'PUT'),
    DeleteObject: ask('s3:DeleteObject', 'DELETE'),
    GetObjectVersion: knockAtBucket({
      action: 's3:GetObjectVersion',
      method: 'GET',
      bucket,
      key,
      query: { versionId: 'none' },
    }),
    ListBucket: knockAtBucket({
      action: 's3:ListBucket',
      method: 'GET',
      bucket,
      query: { 'list-type': '2', prefix: key },
    }),
  };
}

function memberKnocks(UserPoolId: string): Knocks {
  const ask = (operation: string): Knock =>
    knockJson('cognito-idp', `AWSCognitoIdentityProviderService.${operation}`, { UserPoolId, Username: NOBODY.S });
  const operations = [
    ...['AdminGetUser', 'AdminUserGlobalSignOut', 'AdminDisableUser', 'AdminEnableUser', 'AdminDeleteUser'],
    'AdminListGroupsForUser',
  ];
  return {
    ...Object.fromEntries(operations.map((operation) => [operation, ask(operation)])),
    // Of a group that is none: whoever may is refused for that.
    AdminAddUserToGroup: knockJson('cognito-idp', 'AWSCognitoIdentityProviderService.AdminAddUserToGroup', {
      UserPoolId,
      Username: NOBODY.S,
      GroupName: 'nobodys',
    }),
    ListUsers: knockJson('cognito-idp', 'AWSCognitoIdentityProviderService.ListUsers', { UserPoolId, Limit: 1 }),
  };
}

function mailKnocks(FromEmailAddress: string): Knocks {
  return {
    // With data that is no JSON.
    SendBulkEmail: knockMails('/v2/email/outbound-bulk-emails', {
      FromEmailAddress,
      DefaultContent: { Template: { TemplateName: 'hiroba-dev-welcome-en', TemplateData: '{' } },
      BulkEmailEntries: [{ Destination: { ToAddresses: ['nobody@example.com'] } }],
    }),
    // To nobody.
    SendEmail: knockMails('/v2/email/outbound-emails', {
      FromEmailAddress,
      Destination: {},
      Content: { Simple: { Subject: { Data: 'x' }, Body: { Text: { Data: 'x' } } } },
    }),
  };
}

const NOBODY = { S: '01JZZZZZZZZZZZZZZZZZZZZZZZ' };

const equals = (attribute: string) => ({
  KeyConditionExpression: '#key = :value',
  ExpressionAttributeNames: { '#key': attribute },
  ExpressionAttributeValues: { ':value': NOBODY },
});

const dynamodb = (operation: string, input: object): Knock =>
  knockJson('dynamodb', `DynamoDB_20120810.${operation}`, input);
const sqs = (operation: string, input: object): Knock => knockJson('sqs', `AmazonSQS.${operation}`, input);
