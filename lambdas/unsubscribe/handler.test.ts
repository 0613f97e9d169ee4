import '../testing/environment.ts';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { conditionFailed, throttled } from '../testing/errors.ts';
import { handler } from './handler.ts';

const dynamodb = mockClient(DynamoDBDocumentClient);
const lines: string[] = [];
vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));

const KEY = 'ann.0123456789ABCDEFGHIJ-_';
const ann = { userId: 'ann', digest: 'DAILY', mailToken: '0123456789ABCDEFGHIJ-_' };

function request(method: string, t?: string): LambdaFunctionURLEvent {
  return {
    ...(t === undefined ? {} : { queryStringParameters: { t } }),
    requestContext: { http: { method } },
    body: 'TGlzdC1VbnN1YnNjcmliZT1PbmUtQ2xpY2s=',
    isBase64Encoded: true,
  } as unknown as LambdaFunctionURLEvent;
}

const updates = () => dynamodb.commandCalls(UpdateCommand).map(({ args }) => args[0].input);

beforeEach(() => {
  dynamodb.reset();
  dynamodb.on(GetCommand).resolves({ Item: ann });
  dynamodb.on(UpdateCommand).resolves({});
  lines.length = 0;
});

describe('the link in a digest', () => {
  test.each(['GET', 'HEAD'])('changes nothing by %s', async (method) => {
    expect(await handler(request(method, KEY))).toMatchObject({ statusCode: 200 });
    expect(updates()).toEqual([]);
  });

  test('shows a button that posts to it, and lets the page do nothing else', async () => {
    const { body, headers } = await handler(request('GET', KEY));
    expect(body).toContain('<form method="post"><button><span lang="ja">停止する</span>');
    expect(body).not.toMatch(/<script|\ssrc=|https?:/);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' });
    expect(headers?.['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect((await handler(request('HEAD', KEY))).body).toBe('');
  });

  test('ends the digests by POST, of whoever still has that key', async () => {
    const answer = await handler(request('POST', KEY));
    expect(answer).toMatchObject({ statusCode: 200 });
    expect(answer.body).toContain('<h1>The digests are stopped</h1>');
    expect(answer.body).toContain('<h1>お知らせメールを停止しました</h1>');
    expect(updates()).toEqual([
      {
        TableName: 'users',
        Key: { userId: 'ann' },
        UpdateExpression: 'SET digest = :never',
        ConditionExpression: 'mailToken = :token',
        ExpressionAttributeValues: { ':never': 'NEVER', ':token': '0123456789ABCDEFGHIJ-_' },
      },
    ]);
  });

  test('says so when they have been ended before', async () => {
    dynamodb.on(GetCommand).resolves({ Item: { ...ann, digest: 'NEVER' } });
    expect((await handler(request('POST', KEY))).body).toContain('<h1>The digests are stopped</h1>');
    expect((await handler(request('GET', KEY))).body).toContain('<h1>The digests are stopped</h1>');
    expect(updates()).toEqual([]);
  });

  test('that somebody else has made leads to what helps', async () => {
    dynamodb.on(GetCommand).resolves({ Item: { ...ann, mailToken: '0123456789ABCDEFGHIJ--' } });
    const answer = await handler(request('POST', KEY));
    expect(answer).toMatchObject({ statusCode: 404 });
    expect(answer.body).toContain('sign in to <a href="/">Hiroba</a> and stop the digests in the settings');
    expect(updates()).toEqual([]);
  });

  test.each([
    undefined,
    '',
    'ann',
    'ann.short',
    '.0123456789ABCDEFGHIJ-_',
    'HANDLE#x.0123456789ABCDEFGHIJ-_',
    `${KEY}&`,
  ])('that is none (%s) is answered without a look at the table', async (text) => {
    expect(await handler(request('POST', text))).toMatchObject({ statusCode: 404 });
    expect(dynamodb.calls()).toEqual([]);
  });

  test('of an account that is gone leads to what helps', async () => {
    dynamodb.on(GetCommand).resolves({});
    expect(await handler(request('GET', KEY))).toMatchObject({ statusCode: 404 });
    dynamodb.on(GetCommand).resolves({ Item: ann });
    dynamodb.on(UpdateCommand).rejects(conditionFailed());
    expect(await handler(request('POST', KEY))).toMatchObject({ statusCode: 404 });
  });

  test('fails when the table does not answer, so that the mail program tries again', async () => {
    dynamodb.on(UpdateCommand).rejects(throttled());
    await expect(handler(request('POST', KEY))).rejects.toThrow();
  });

  test.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async (method) => {
    expect(await handler(request(method, KEY))).toEqual({
      statusCode: 405,
      headers: { allow: 'GET, HEAD, POST' },
      body: '',
    });
  });

  test('is not in the log', async () => {
    await handler(request('POST', KEY));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ function: 'unsubscribe', method: 'POST', result: 'stopped' });
    expect(lines[0]).not.toContain('0123456789ABCDEFGHIJ');
  });
});
