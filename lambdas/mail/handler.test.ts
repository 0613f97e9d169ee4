import '../testing/environment.ts';
import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { SendBulkEmailCommand, SESv2Client, TooManyRequestsException } from '@aws-sdk/client-sesv2';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { conditionFailed, throttled, timedOut } from '../testing/errors.ts';
import { queueEvent } from '../testing/messages.ts';
import { handler } from './handler.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const cognito = mockClient(CognitoIdentityProviderClient);
const ses = mockClient(SESv2Client);
const ssm = mockClient(SSMClient);
const sqs = mockClient(SQSClient);
const lines: string[] = [];
for (const level of ['log', 'warn', 'error'] as const) {
  vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
}
const counts = () => (JSON.parse(lines.at(-1) ?? '{}') as { counts: object }).counts;

const DONE = { batchItemFailures: [] };
const AGAIN = { batchItemFailures: [{ itemIdentifier: 'm1' }] };

interface Known {
  readonly profile?: object;
  readonly attributes?: Readonly<Record<string, string>>;
}
const people = new Map<string, Known>();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-01-31T12:00:00.000Z') });
  for (const mock of [dynamodb, cognito, ses, ssm, sqs]) mock.reset();
  people.clear();
  lines.length = 0;
  dynamodb.on(BatchGetCommand).callsFake((input: { RequestItems: { users: { Keys: { userId: string }[] } } }) => ({
    Responses: {
      users: input.RequestItems.users.Keys.filter(({ userId }) => people.has(userId)).map(({ userId }) => ({
        userId,
        handle: userId,
        status: 'ACTIVE',
        ...people.get(userId)?.profile,
      })),
    },
  }));
  cognito.on(AdminGetUserCommand).callsFake(({ Username }: { Username: string }) => {
    const attributes = {
      email: `${Username}@example.com`,
      email_verified: 'true',
      ...people.get(Username)?.attributes,
    };
    return { UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })), Enabled: true };
  });
  ses.on(SendBulkEmailCommand).callsFake(({ BulkEmailEntries }: { BulkEmailEntries: object[] }) => ({
    BulkEmailEntryResults: BulkEmailEntries.map(() => ({ Status: 'SUCCESS', MessageId: 'm' })),
  }));
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: 'https://example.org' } });
  sqs.on(SendMessageBatchCommand).resolves({ Failed: [] });
  dynamodb.on(PutCommand).resolves({});
  dynamodb.on(DeleteCommand).resolves({});
});
afterEach(() => void vi.useRealTimers());

function welcome(...userIds: readonly string[]) {
  const mails = userIds.map((userId) => ({ userId, data: {} }));
  return queueEvent({ id: 'm1', body: { kind: 'welcome', occasion: 'welcome', mails } });
}

const requests = () => ses.commandCalls(SendBulkEmailCommand).map(({ args }) => args[0].input);
const addressees = () =>
  requests().flatMap(({ BulkEmailEntries = [] }) =>
    BulkEmailEntries.flatMap(({ Destination }) => Destination?.ToAddresses ?? []),
  );
const marked = () => dynamodb.commandCalls(PutCommand).map(({ args }) => args[0].input.Item?.operationId as string);
const unmarked = () => dynamodb.commandCalls(DeleteCommand).map(({ args }) => args[0].input.Key?.operationId as string);
const answers = (...statuses: readonly string[]) =>
  ses
    .on(SendBulkEmailCommand)
    .resolves({ BulkEmailEntryResults: statuses.map((Status) => ({ Status: Status as 'SUCCESS' })) });
const refuses = (name: string, httpStatusCode: number) =>
  ses.on(SendBulkEmailCommand).rejects(Object.assign(new Error('no'), { name, $metadata: { httpStatusCode } }));

test('a mail that answers what the member did needs no subscription, and has no link to end it', async () => {
  people.set('ann', { profile: { digest: 'NEVER' } });
  const body = { kind: 'export-ready', occasion: 'export-1', mails: [{ userId: 'ann', data: {} }] };
  expect(await handler(queueEvent({ id: 'm1', body }))).toEqual(DONE);
  expect(requests()[0]?.BulkEmailEntries?.[0]?.ReplacementHeaders).toEqual([]);
});

describe('a message of mails', () => {
  test('is one request, by template, after a mark for each', async () => {
    people.set('ann', {}).set('ben', { profile: { language: 'EN' } });
    expect(await handler(welcome('ann', 'ben'))).toEqual(DONE);
    const data = (handle: string) => JSON.stringify({ site: 'https://example.org', handle });
    const entry = (handle: string) => ({
      Destination: { ToAddresses: [`${handle}@example.com`] },
      ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: data(handle) } },
      ReplacementHeaders: [],
    });
    expect(requests()).toEqual([
      {
        FromEmailAddress: 'Hiroba <no-reply@example.org>',
        ConfigurationSetName: 'hiroba-dev-mail',
        DefaultContent: { Template: { TemplateName: 'hiroba-dev-welcome-en', TemplateData: '{}' } },
        BulkEmailEntries: [entry('ann'), entry('ben')],
      },
    ]);
    expect(dynamodb.commandCalls(PutCommand)[0]?.args[0].input).toEqual({
      TableName: 'ops',
      Item: { operationId: 'MAIL#welcome#ann', sentAt: '2025-01-31T12:00:00.000Z', expiresAt: 1_743_508_800 },
      ConditionExpression: 'attribute_not_exists(operationId)',
    });
    expect(marked()).toEqual(['MAIL#welcome#ann', 'MAIL#welcome#ben']);
    expect(counts()).toMatchObject({ sent: 2 });
  });

  test.each([
    ['the settings', { profile: { language: 'JA' } }, 'ja'],
    ['the settings, whatever was said at sign-up', { profile: { language: 'EN' }, attributes: { locale: 'ja' } }, 'en'],
    ['sign-up', { attributes: { locale: 'ja-JP' } }, 'ja'],
    ['nothing', {}, 'en'],
  ])('is in the language of %s', async (_, known, language) => {
    people.set('ann', known);
    await handler(welcome('ann'));
    expect(requests()[0]?.DefaultContent?.Template?.TemplateName).toBe(`hiroba-dev-welcome-${language}`);
  });

  test('is one request for each language', async () => {
    people
      .set('ann', {})
      .set('yui', { profile: { language: 'JA' } })
      .set('ben', {});
    await handler(welcome('ann', 'yui', 'ben'));
    expect(requests().map(({ BulkEmailEntries }) => BulkEmailEntries?.length)).toEqual([2, 1]);
  });

  test('mails a member once who is named twice', async () => {
    people.set('ann', {});
    await handler(welcome('ann', 'ann'));
    expect(addressees()).toEqual(['ann@example.com']);
  });

  test.each([
    ['has no profile', undefined],
    ['is suspended', { profile: { status: 'SUSPENDED' } }],
    ['is deleted', { profile: { status: 'DELETED' } }],
    ['has not confirmed the address', { attributes: { email_verified: 'false' } }],
    ['has no address', { attributes: { email: '' } }],
  ])('leaves out whoever %s', async (_, known) => {
    if (known) people.set('ann', known);
    expect(await handler(welcome('ann'))).toEqual(DONE);
    expect(requests()).toEqual([]);
    expect(marked()).toEqual([]);
    expect(counts()).toEqual({ 'nobody to mail': 1 });
  });

  test('leaves out whoever has left the pool', async () => {
    people.set('ann', {});
    cognito.on(AdminGetUserCommand).rejects(new UserNotFoundException({ message: '', $metadata: {} }));
    cognito.on(ListUsersCommand, { Filter: 'sub = "ann"' }).resolves({ Users: [] });
    expect(await handler(welcome('ann'))).toEqual(DONE);
    expect(requests()).toEqual([]);
  });

  test('finds whoever comes from elsewhere, and is not called by the sub', async () => {
    people.set('ann', {});
    cognito.on(AdminGetUserCommand).rejects(new UserNotFoundException({ message: '', $metadata: {} }));
    cognito.on(ListUsersCommand, { Filter: 'sub = "ann"' }).resolves({ Users: [{ Username: 'Google_1' }] });
    cognito.on(AdminGetUserCommand, { Username: 'Google_1' }).resolves({
      Username: 'Google_1',
      UserAttributes: [
        { Name: 'email', Value: 'ann@example.net' },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
    expect(await handler(welcome('ann'))).toEqual(DONE);
    expect(requests()).toHaveLength(1);
  });

  test('is given up at once when it is none', async () => {
    const none = { kind: 'welcome', occasion: 'welcome', mails: [] };
    expect(await handler(queueEvent({ id: 'm1', body: none }))).toEqual(DONE);
    expect(counts()).toEqual({ 'given up': 1 });
    expect(requests()).toEqual([]);
  });
});

describe('a mail', () => {
  test('that has a mark is not sent again', async () => {
    people.set('ann', {}).set('ben', {});
    dynamodb.on(PutCommand).callsFake(({ Item }: { Item: { operationId: string } }) => {
      if (Item.operationId.endsWith('#ann')) throw conditionFailed();
      return {};
    });
    expect(await handler(welcome('ann', 'ben'))).toEqual(DONE);
    expect(addressees()).toEqual(['ben@example.com']);
    expect(counts()).toMatchObject({ 'sent before': 1, sent: 1 });
  });

  test.each(['MESSAGE_REJECTED', 'INVALID_PARAMETER'])('that SES refuses (%s) keeps its mark', async (status) => {
    people.set('ann', {}).set('ben', {});
    answers(status, 'SUCCESS');
    expect(await handler(welcome('ann', 'ben'))).toEqual(DONE);
    expect(unmarked()).toEqual([]);
    expect(counts()).toMatchObject({ refused: 1, sent: 1 });
  });

  test.each(['ACCOUNT_THROTTLED', 'ACCOUNT_DAILY_QUOTA_EXCEEDED', 'TRANSIENT_FAILURE', 'FAILED'])(
    'that SES did not take (%s) loses its mark and comes again, but not those beside it',
    async (status) => {
      people.set('ann', {}).set('ben', {});
      answers('SUCCESS', status);
      expect(await handler(welcome('ann', 'ben'))).toEqual(AGAIN);
      expect(unmarked()).toEqual(['MAIL#welcome#ben']);
      expect(counts()).toMatchObject({ sent: 1 });
    },
  );

  test('that is sent too fast, with all beside it, loses its mark and comes again', async () => {
    people.set('ann', {}).set('ben', {});
    const tooFast = new TooManyRequestsException({
      message: 'Maximum sending rate exceeded.',
      $metadata: { httpStatusCode: 429 },
    });
    ses.on(SendBulkEmailCommand).rejects(tooFast);
    expect(await handler(welcome('ann', 'ben'))).toEqual(AGAIN);
    expect(unmarked()).toEqual(['MAIL#welcome#ann', 'MAIL#welcome#ben']);
  });

  test('from a sender that SES does not know loses its mark: an operator can give it again', async () => {
    people.set('ann', {});
    refuses('MessageRejected', 400);
    expect(await handler(welcome('ann'))).toEqual(AGAIN);
    expect(unmarked()).toEqual(['MAIL#welcome#ann']);
  });

  test.each([
    ['is not answered', timedOut()],
    ['fails within SES', Object.assign(new Error('oops'), { $metadata: { httpStatusCode: 500 } })],
  ])('whose request %s may have been sent, and is left at that', async (_, error) => {
    people.set('ann', {});
    ses.on(SendBulkEmailCommand).rejects(error);
    expect(await handler(welcome('ann'))).toEqual(DONE);
    expect(requests()).toHaveLength(1);
    expect(unmarked()).toEqual([]);
    expect(counts()).toMatchObject({ unknown: 1 });
  });

  test('is not sent when it cannot be marked, and the marks beside it are taken away', async () => {
    people.set('ann', {}).set('ben', {});
    dynamodb.on(PutCommand).callsFake(({ Item }: { Item: { operationId: string } }) => {
      if (Item.operationId.endsWith('#ben')) throw throttled();
      return {};
    });
    expect(await handler(welcome('ann', 'ben'))).toEqual(AGAIN);
    expect(requests()).toEqual([]);
    expect(unmarked()).toEqual(['MAIL#welcome#ann']);
  });

  test('comes again when Cognito is asked too often', async () => {
    people.set('ann', {});
    cognito
      .on(AdminGetUserCommand)
      .rejects(Object.assign(new Error('slow down'), { name: 'TooManyRequestsException' }));
    expect(await handler(welcome('ann'))).toEqual(AGAIN);
    expect(marked()).toEqual([]);
  });
});

describe('a digest', () => {
  const digest = queueEvent({
    id: 'm1',
    body: {
      kind: 'digest',
      occasion: 'digest-2025-01-31',
      mails: [{ userId: 'ann', language: 'JA', data: { lines: [{ text: 'a', html: 'a' }], more: false } }],
    },
  });
  const link = (token: string) => `https://example.org/unsubscribe?t=ann.${token}`;

  test('has the link that ends it, in the text and in the headers for mail programs', async () => {
    people.set('ann', { profile: { digest: 'DAILY', mailToken: 'AAAAAAAAAAAAAAAAAAAAAA' } });
    expect(await handler(digest)).toEqual(DONE);
    const [{ DefaultContent, BulkEmailEntries = [] } = {}] = requests();
    expect(DefaultContent?.Template?.TemplateName).toBe('hiroba-dev-digest-ja');
    const data = BulkEmailEntries[0]?.ReplacementEmailContent?.ReplacementTemplate?.ReplacementTemplateData;
    expect(JSON.parse(data ?? '')).toEqual({
      lines: [{ text: 'a', html: 'a' }],
      more: false,
      site: 'https://example.org',
      handle: 'ann',
      unsubscribe: link('AAAAAAAAAAAAAAAAAAAAAA'),
    });
    expect(BulkEmailEntries[0]?.ReplacementHeaders).toEqual([
      { Name: 'List-Unsubscribe', Value: `<${link('AAAAAAAAAAAAAAAAAAAAAA')}>` },
      { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
    ]);
    expect(marked()).toEqual(['MAIL#digest-2025-01-31#ann']);
    expect(dynamodb.commandCalls(UpdateCommand)).toEqual([]);
  });

  test('makes the key of the link with the first mail, unless another one was faster', async () => {
    people.set('ann', { profile: { digest: 'WEEKLY' } });
    dynamodb.on(UpdateCommand).resolves({ Attributes: { mailToken: 'BBBBBBBBBBBBBBBBBBBBBB' } });
    await handler(digest);
    const [update] = dynamodb.commandCalls(UpdateCommand).map(({ args }) => args[0].input);
    expect(update).toMatchObject({
      TableName: 'users',
      Key: { userId: 'ann' },
      UpdateExpression: 'SET mailToken = if_not_exists(mailToken, :made)',
      ConditionExpression: 'attribute_exists(userId)',
      ExpressionAttributeValues: { ':made': expect.stringMatching(/^[\w-]{22}$/) as string },
    });
    expect(requests()[0]?.BulkEmailEntries?.[0]?.ReplacementHeaders?.[0]?.Value).toBe(
      `<${link('BBBBBBBBBBBBBBBBBBBBBB')}>`,
    );
  });

  test.each(['NEVER', undefined])('does not go to whoever wants none by now (%s)', async (setting) => {
    people.set('ann', { profile: { digest: setting } });
    expect(await handler(digest)).toEqual(DONE);
    expect(requests()).toEqual([]);
    expect(marked()).toEqual([]);
  });
});

test('a request that was signed by a wrong clock is made again at once, with the right one', async () => {
  people.set('ann', {});
  const skewed = Object.assign(new Error('Signature expired'), {
    $metadata: { httpStatusCode: 403, clockSkewCorrected: true },
  });
  ses
    .on(SendBulkEmailCommand)
    .rejectsOnce(skewed)
    .resolves({ BulkEmailEntryResults: [{ Status: 'SUCCESS' }] });
  expect(await handler(welcome('ann'))).toEqual(DONE);
  expect(counts()).toMatchObject({ sent: 1 });
});

test('with little time left, the rest comes again', async () => {
  people.set('ann', {});
  const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 10_000 } as Parameters<typeof handler>[1];
  expect(await handler(welcome('ann'), context)).toEqual(AGAIN);
  expect(marked()).toEqual([]);
});
