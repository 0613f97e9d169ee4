import { createHash } from 'node:crypto';
import { DeleteObjectCommand, DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { filesOf, openStore, outcome, put, roleWith, sendSigned, signedHeaders, raw } from './support.ts';

const Bucket = 'pictures';

describe('DeleteObject', () => {
  it('removes the object and its file, and says the same when there was none', async () => {
    const store = await openStore();
    await put(store, 'a');
    const remove = () => outcome(store.root.send(new DeleteObjectCommand({ Bucket, Key: 'a' })));
    expect([await remove(), await remove()]).toEqual(['204', '204']);
    await expect.poll(() => filesOf(store)).toBe(0);
  });

  it('with If-Match removes that content only', async () => {
    const store = await openStore();
    const etag = await put(store, 'a');
    const remove = (IfMatch: string) =>
      outcome(store.root.send(new DeleteObjectCommand({ Bucket, Key: 'a', IfMatch })));
    expect([await remove('"other"'), await remove(`"${etag}"`), await remove(`"${etag}"`)]).toEqual([
      '412 PreconditionFailed',
      '204',
      '412 PreconditionFailed',
    ]);
  });
});

describe('DeleteObjects', () => {
  it('judges each object by itself and tells which were not deleted', async () => {
    const store = await openStore(
      roleWith('gardener', {
        Effect: 'Allow',
        Action: 's3:DeleteObject',
        Resource: 'arn:aws:s3:::pictures/weeds/*',
      }),
    );
    for (const key of ['weeds/<&">', 'weeds/b', 'roses/a']) await put(store, key);
    const Objects = ['weeds/<&">', 'weeds/none', 'roses/a'].map((Key) => ({ Key }));
    const { Deleted, Errors } = await store
      .as('gardener')
      .send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted).toEqual([{ Key: 'weeds/<&">' }, { Key: 'weeds/none' }]);
    expect(Errors).toMatchObject([{ Key: 'roses/a', Code: 'AccessDenied' }]);
    const { Contents = [] } = await store.root.send(new ListObjectsV2Command({ Bucket }));
    expect(Contents.map(({ Key }) => Key)).toEqual(['roses/a', 'weeds/b']);
  });

  it('says nothing of what it deleted when it is to be quiet', async () => {
    const store = await openStore();
    await put(store, 'a');
    const Delete = { Objects: [{ Key: 'a' }], Quiet: true };
    expect((await store.root.send(new DeleteObjectsCommand({ Bucket, Delete }))).Deleted).toBeUndefined();
  });

  it.each([
    ['no document', '', 'MalformedXML'],
    ['another document', '<Remove/>', 'MalformedXML'],
    ['no objects', '<Delete/>', 'MalformedXML'],
    ['an object without a key', '<Delete><Object/></Delete>', 'MalformedXML'],
    ['a thousand and one objects', `<Delete>${'<Object><Key>a</Key></Object>'.repeat(1001)}</Delete>`, 'MalformedXML'],
    [
      'entities that multiply',
      '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Delete><Object><Key>&b;</Key></Object></Delete>',
      'MalformedXML',
    ],
    ['names of a prototype', '<Delete><__proto__><Key>a</Key></__proto__></Delete>', 'MalformedXML'],
    ['elements without end', `<Delete>${'<a>'.repeat(50_000)}`, 'MalformedXML'],
    ['more than a request may be', `<Delete>${' '.repeat(3 * 1024 * 1024)}</Delete>`, 'MaxMessageLengthExceeded'],
  ])('of %s is refused', async (_, body, code) => {
    const store = await openStore();
    const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
    const answer = await sendSigned(store, { method: 'POST', path: '/pictures?delete=', headers, body });
    expect([answer.status, answer.code]).toEqual([400, code]);
    expect(store.lines).toEqual([]);
  });

  it('must say what its body is', async () => {
    const store = await openStore();
    const request = {
      method: 'POST',
      path: '/pictures?delete=',
      body: '<Delete><Object><Key>a</Key></Object></Delete>',
    };
    const answer = await raw(store, { ...request, headers: await signedHeaders(store, request) });
    expect([answer.status, answer.code]).toEqual([400, 'InvalidRequest']);
  });
});
