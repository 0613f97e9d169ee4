import { describe, expect, test } from 'vitest';
import { cacheOf, kept, open, type Terraform } from './support.ts';

const FORM = 'List-Unsubscribe=One-Click';
/** `echo -n List-Unsubscribe=One-Click | sha256sum` */
const HASH_OF_FORM = 'ec233fab794b19dc6eeefb130aeb6baa1911fde3711b7741ea3a36899cc39aba';
const ALL_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

function allowPost(terraform: Terraform): void {
  const [hours] = terraform.aws_cloudfront_distribution?.museum?.ordered_cache_behavior as Record<string, unknown>[];
  Object.assign(hours ?? {}, { allowed_methods: ALL_METHODS });
}

/** A function URL that asks for no signature, behind an origin without access control. */
function openToAnybody(terraform: Terraform): void {
  allowPost(terraform);
  const [hours] = terraform.aws_cloudfront_distribution?.museum?.origin as Record<string, unknown>[];
  delete hours?.origin_access_control_id;
  Object.assign(terraform.aws_lambda_function_url?.hours ?? {}, { authorization_type: 'NONE' });
  const anybody = { function_name: 'hours', principal: '*' };
  terraform.aws_lambda_permission = {
    url: { ...anybody, action: 'lambda:InvokeFunctionUrl', function_url_auth_type: 'NONE' },
    function: { ...anybody, action: 'lambda:InvokeFunction' },
  };
}

describe('a request with a body', () => {
  test('reaches the function with its type, a form in base64 and a text as it is', async () => {
    const { get, events } = await open(openToAnybody);
    const form = { 'content-type': 'application/x-www-form-urlencoded', cookie: 'viewer=7' };
    await get('/hours/a?day=1&utm=x', { method: 'POST', headers: form, body: FORM });
    await get('/hours/a', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"広":1}' });

    expect(events).toMatchObject([
      {
        requestContext: { http: { method: 'POST' } },
        rawQueryString: 'day=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '26' },
        body: 'TGlzdC1VbnN1YnNjcmliZT1PbmUtQ2xpY2s=',
        isBase64Encoded: true,
      },
      { requestContext: { http: { method: 'PUT' } }, body: '{"広":1}', isBase64Encoded: false },
    ]);
    expect(JSON.stringify(events)).not.toContain('viewer');
  });

  test('is never answered from what is kept, nor kept', async () => {
    const { get, answer, events } = await open(openToAnybody);
    answer(kept('s-maxage=30'));
    const results = [
      await get('/hours/a'),
      await get('/hours/a', { method: 'POST', body: FORM }),
      await get('/hours/a', { method: 'POST', body: FORM }),
      await get('/hours/a'),
    ];
    expect(results.map(cacheOf)).toEqual([
      'Miss from cloudfront',
      'Miss from cloudfront',
      'Miss from cloudfront',
      'Hit from cloudfront',
    ]);
    expect(events).toHaveLength(3);
  });

  test('is refused by a function URL that wants it signed, unless the client says its hash', async () => {
    const { get, events } = await open(allowPost);

    const unsigned = await get('/hours/a', { method: 'POST', body: FORM });
    const wrong = await get('/hours/a', { method: 'POST', body: FORM, headers: { 'x-amz-content-sha256': 'ab' } });
    const headers = { 'x-amz-content-sha256': HASH_OF_FORM };
    const signed = await get('/hours/a', { method: 'POST', body: FORM, headers });
    const empty = await get('/hours/a', { method: 'POST', body: '' });

    expect([unsigned.status, wrong.status, signed.status, empty.status]).toEqual([403, 403, 200, 200]);
    expect(unsigned.body.toString()).toContain('signature');
    expect(events).toHaveLength(2);
  });
});

describe('a function URL that is open to anybody', () => {
  test('is called without a signature', async () => {
    const { get } = await open(openToAnybody);
    expect((await get('/hours/a')).status).toBe(200);
  });

  test.each(['url', 'function'])('needs both permissions all the same: not without "%s"', async (name) => {
    const { get, events, lines } = await open((terraform) => {
      openToAnybody(terraform);
      delete terraform.aws_lambda_permission?.[name];
    });
    expect((await get('/hours/a')).status).toBe(403);
    expect(events).toEqual([]);
    expect(lines.join()).toContain('lambda:Invoke');
  });

  test('is not opened by a permission for another kind of address', async () => {
    const { get } = await open((terraform) => {
      openToAnybody(terraform);
      Object.assign(terraform.aws_lambda_permission?.url ?? {}, { function_url_auth_type: 'AWS_IAM' });
    });
    expect((await get('/hours/a')).status).toBe(403);
  });
});
