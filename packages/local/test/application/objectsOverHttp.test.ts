import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import type { LocalOptions } from '../../src/index.ts';
import type { Greenhouse } from './greenhouse.ts';
import { startGreenhouse } from './start.ts';
import { allowing, literal, trusting } from './terraform.ts';

const BUCKET = 'greenhouse-manuals';
const OBJECTS = `arn:aws:s3:::${BUCKET}/*`;
const BUCKET_ENDPOINT = `https://${BUCKET}.s3.eu-central-1.amazonaws.com`;
const SERVICE_ENDPOINT = 'https://s3.eu-central-1.amazonaws.com';

const REQUEST_AS_ASKED = `
export const request = (ctx) => ctx.args.request;
export const response = (ctx) => ctx.error ? { failed: ctx.error } : ctx.result;
`;

interface Wanted {
  readonly endpoint?: string;
  readonly statements?: readonly { Action: string[]; Resource: string[] }[];
  readonly signs?: boolean;
}

/** A bucket, and a query that sends to the endpoint what its argument says. */
const withManuals =
  ({ endpoint = BUCKET_ENDPOINT, statements, signs = true }: Wanted) =>
  ({ resource }: Greenhouse): void => {
    Object.assign(resource.aws_s3_bucket, { manuals: { bucket: BUCKET } });
    Object.assign(resource.aws_iam_role, {
      manuals: { name: 'greenhouse-manuals', assume_role_policy: trusting('appsync.amazonaws.com') },
    });
    Object.assign(resource.aws_iam_role_policy, {
      manuals: {
        name: 'manuals',
        role: '${aws_iam_role.manuals.name}',
        policy: allowing(...(statements ?? [{ Action: ['s3:GetObject', 's3:PutObject'], Resource: [OBJECTS] }])),
      },
    });
    const signing = { signing_region: 'eu-central-1', signing_service_name: 's3' };
    Object.assign(resource.aws_appsync_datasource, {
      manuals: {
        api_id: '${aws_appsync_graphql_api.api.id}',
        name: 'manuals',
        type: 'HTTP',
        ...(signs ? { service_role_arn: '${aws_iam_role.manuals.arn}' } : {}),
        http_config: {
          endpoint,
          ...(signs ? { authorization_config: { authorization_type: 'AWS_IAM', aws_iam_config: signing } } : {}),
        },
      },
    });
    Object.assign(resource.aws_appsync_resolver, {
      Query_manual: {
        api_id: '${aws_appsync_graphql_api.api.id}',
        type: 'Query',
        field: 'manual',
        data_source: '${aws_appsync_datasource.manuals.name}',
        code: literal(REQUEST_AS_ASKED),
        runtime: { name: 'APPSYNC_JS', runtime_version: '1.0.0' },
      },
    });
    const api = resource.aws_appsync_graphql_api.api;
    api.schema = api.schema.replace('type Query {', 'type Query {\n  manual(request: AWSJSON!): AWSJSON');
  };

interface Result {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function start(wanted: Wanted = {}, options: Partial<LocalOptions> = {}) {
  const { system, send } = await startGreenhouse(withManuals(wanted), options);
  const { credentials, endpoints } = system;
  const s3 = new S3Client({ endpoint: endpoints.aws, region: 'eu-central-1', credentials, forcePathStyle: true });
  const query = (request: object) => send(`{ manual(request: ${JSON.stringify(JSON.stringify(request))}) }`);
  return {
    query,
    put: (Key: string, Body: string) =>
      s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body, ContentType: 'text/markdown' })),
    async stored(Key: string): Promise<string | undefined> {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
      return Body?.transformToString();
    },
    async ask(request: object): Promise<Result> {
      const { data } = await query(request);
      return JSON.parse(data?.manual as string) as Result;
    },
  };
}

const get = (resourcePath: string, params: object = {}) => ({ method: 'GET', resourcePath, params });

test('an object is the body, with the headers as S3 spells them', async () => {
  const { put, ask } = await start();
  await put('watering.md', 'Twice a day. Grüße');
  expect(await ask(get('/watering.md'))).toMatchObject({
    statusCode: 200,
    headers: {
      'Content-Type': 'text/markdown',
      'Content-Length': '20',
      ETag: '"0cc94fb17faca14ebcad9206296499ca"',
      Server: 'AmazonS3',
    },
    body: 'Twice a day. Grüße',
  });
});

test('headers and parameters of the request are heard', async () => {
  const { put, ask } = await start();
  await put('a', 'abcdef');
  const params = { headers: { Range: 'bytes=2-3' }, query: { 'response-content-type': 'text/x; charset=UTF-8' } };
  expect(await ask(get('/a', params))).toMatchObject({
    statusCode: 206,
    headers: { 'Content-Range': 'bytes 2-3/6', 'Content-Type': 'text/x; charset=UTF-8' },
    body: 'cd',
  });
});

test('the bucket may be in the path', async () => {
  const { put, ask } = await start({ endpoint: SERVICE_ENDPOINT });
  await put('a/b', 'in a folder');
  expect(await ask(get(`/${BUCKET}/a/b`))).toMatchObject({ statusCode: 200, body: 'in a folder' });
});

test.each([
  ['two words', '/two%20words'],
  ['two words', '/two words'],
  ['grün/東京', '/gr%C3%BCn/%E6%9D%B1%E4%BA%AC'],
  ['grün/東京', '/grün/東京'],
  ['a/b', '/a%2Fb'],
  ['a%2Fb', '/a%252Fb'],
  ['a//b', '/a//b'],
  ['a/../b', '/a/../b'],
  ['a/../b', '/a/%2E%2E/b'],
  ['a/./b', '/a/./b'],
  ['a?b', '/a%3Fb'],
  ['a#b', '/a%23b'],
])('the key %j is asked for as %s, and as no path', async (key, resourcePath) => {
  const { put, ask } = await start();
  await put(key, `this is ${key}`);
  expect(await ask(get(resourcePath))).toMatchObject({ statusCode: 200, body: `this is ${key}` });
});

test.each([['/../../etc/passwd'], ['/%2E%2E/%2e%2e/etc/passwd'], ['/..%2F..%2Fetc%2Fpasswd'], ['/%zz']])(
  '%s is no key',
  async (resourcePath) => {
    const { ask } = await start();
    const { statusCode, body } = await ask(get(resourcePath));
    expect(statusCode).toBe(400);
    expect(body).toContain('<Code>InvalidURI</Code>');
  },
);

test('a path cannot leave the bucket of the endpoint', async () => {
  const { query } = await start();
  expect(await query(get('@evil.example/'))).toMatchObject({
    errors: [{ message: "Value for field '$[resourcePath]' must start with '/'." }],
  });
});

test('what there is not is 404 for who may list the bucket', async () => {
  const statements = [
    { Action: ['s3:GetObject'], Resource: [OBJECTS] },
    { Action: ['s3:ListBucket'], Resource: [`arn:aws:s3:::${BUCKET}`] },
  ];
  const { ask } = await start({ statements });
  const { statusCode, headers, body } = await ask(get('/nothing'));
  expect([statusCode, headers['Content-Type']]).toEqual([404, 'application/xml']);
  expect(body).toContain(
    '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>nothing</Key>',
  );
});

test('and 403 for who may not', async () => {
  const { ask } = await start();
  const { statusCode, body } = await ask(get('/nothing'));
  expect(statusCode).toBe(403);
  expect(body).toContain('<Code>AccessDenied</Code>');
});

test('the role of the data source decides', async () => {
  const statements = [{ Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::${BUCKET}/open/*`] }];
  const { put, ask } = await start({ statements });
  await put('open/a', 'a');
  await put('shut/b', 'b');
  expect(await ask(get('/open/a'))).toMatchObject({ statusCode: 200, body: 'a' });
  const { statusCode, body } = await ask(get('/shut/b'));
  expect(statusCode).toBe(403);
  expect(body).toContain(
    'is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::greenhouse-manuals/shut/b',
  );
});

test('without a signature nobody asks', async () => {
  const { put, ask } = await start({ signs: false });
  await put('a', 'a');
  expect(await ask(get('/a'))).toMatchObject({ statusCode: 403 });
});

test('an object may be written', async () => {
  const { ask, stored } = await start();
  const params = { headers: { 'Content-Type': 'application/json' }, body: { leaves: 3 } };
  expect(await ask({ method: 'PUT', resourcePath: '/plants/fern', params })).toMatchObject({ statusCode: 200 });
  expect(await stored('plants/fern')).toBe('{"leaves":3}');
});

test('another service of AWS is refused with what to do instead', async () => {
  const { query } = await start({ endpoint: 'https://sqs.eu-central-1.amazonaws.com' });
  expect(await query(get('/'))).toMatchObject({
    data: { manual: null },
    errors: [
      {
        message:
          'an HTTP data source whose endpoint is sqs.eu-central-1.amazonaws.com (aws_appsync_datasource.manuals; ' +
          'ask it through a Lambda data source, or ask S3) is not emulated by @hiroba/local',
      },
    ],
  });
});
