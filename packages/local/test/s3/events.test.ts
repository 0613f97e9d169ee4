import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { openStore, outcome, policy, put, roleWith, type SentEvent, type Store, type Terraform } from './support.ts';

const queueArn = 'arn:aws:sqs:eu-central-1:123456789012:arrivals';
const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:thumbnails';

function notifying(notification: JsonObject, more: Terraform = {}): Terraform {
  return {
    aws_sqs_queue: { arrivals: { name: 'arrivals' } },
    aws_sqs_queue_policy: {
      arrivals: {
        queue_url: 'http://127.0.0.1/123456789012/arrivals',
        policy: policy({
          Effect: 'Allow',
          Principal: { Service: 's3.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: queueArn,
          Condition: {
            ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::pictures' },
            StringEquals: { 'aws:SourceAccount': '123456789012' },
          },
        }),
      },
    },
    aws_lambda_function: { thumbnails: { function_name: 'thumbnails' } },
    aws_lambda_permission: {
      thumbnails: {
        function_name: 'thumbnails',
        principal: 's3.amazonaws.com',
        action: 'lambda:InvokeFunction',
        source_arn: 'arn:aws:s3:::pictures',
      },
    },
    aws_s3_bucket_notification: { pictures: { bucket: 'pictures', ...notification } },
    ...more,
  };
}

const all = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'];
const toQueue = (more: JsonObject = {}): JsonObject => ({
  queue: [{ id: 'told', queue_arn: queueArn, events: all, ...more }],
});

async function open(terraform: Terraform): Promise<Store> {
  const store = await openStore(terraform);
  await store.s3.idle();
  store.events.length = 0;
  return store;
}

const recordOf = ({ body }: SentEvent): JsonObject => (body['Records'] as JsonObject[])[0] ?? {};
const namesOf = ({ events }: Store) =>
  events.map((event) => {
    const { eventName, s3 } = recordOf(event) as { eventName: string; s3: { object: { key: string } } };
    return `${eventName} ${s3.object.key}`;
  });

describe('an event', () => {
  it('tells what has happened to which object, and who did it', async () => {
    const store = await open({
      ...notifying(toQueue(), roleWith('sender', { Effect: 'Allow', Action: 's3:PutObject', Resource: '*' })),
    });
    await store.as('sender').send(new PutObjectCommand({ Bucket: 'pictures', Key: 'a b/ü+&~(1).webp', Body: 'miaow' }));
    await store.s3.idle();
    expect(store.events).toEqual([
      {
        kind: 'queue',
        arn: queueArn,
        body: {
          Records: [
            {
              eventVersion: '2.1',
              eventSource: 'aws:s3',
              awsRegion: 'eu-central-1',
              eventTime: '2026-11-22T10:30:00.000Z',
              eventName: 'ObjectCreated:Put',
              userIdentity: { principalId: 'AWS:sender' },
              requestParameters: { sourceIPAddress: '127.0.0.1' },
              responseElements: {
                'x-amz-request-id': expect.stringMatching(/^[0-9A-F]{16}$/) as string,
                'x-amz-id-2': expect.any(String) as string,
              },
              s3: {
                s3SchemaVersion: '1.0',
                configurationId: 'told',
                bucket: {
                  name: 'pictures',
                  ownerIdentity: { principalId: '123456789012' },
                  arn: 'arn:aws:s3:::pictures',
                },
                object: {
                  key: 'a+b/%C3%BC%2B%26%7E%281%29.webp',
                  size: 5,
                  eTag: 'd52cc7e73b4bd32c49ef6e911bcc18e9',
                  sequencer: expect.stringMatching(/^[0-9A-F]{18}$/) as string,
                },
              },
            },
          ],
        },
      },
    ]);
  });

  it('has the version, where there are versions', async () => {
    const store = await open(
      notifying(toQueue(), {
        aws_s3_bucket_versioning: { pictures: { bucket: 'pictures', versioning_configuration: { status: 'Enabled' } } },
      }),
    );
    const { VersionId } = await store.root.send(new PutObjectCommand({ Bucket: 'pictures', Key: 'a', Body: 'x' }));
    await store.s3.idle();
    const { s3 } = recordOf(store.events[0] as SentEvent) as { s3: { object: JsonObject } };
    expect(s3.object['versionId']).toBe(VersionId);
  });

  it('has a sequencer that grows', async () => {
    const store = await open(notifying(toQueue()));
    for (const body of ['1', '2', '3']) await put(store, 'a', body);
    await store.s3.idle();
    const sequencers = store.events.map((event) => {
      const { s3 } = recordOf(event) as { s3: { object: { sequencer: string } } };
      return s3.object.sequencer;
    });
    expect(new Set(sequencers).size).toBe(3);
    expect(sequencers).toEqual(sequencers.toSorted());
  });

  it('comes of every way to write and to delete', async () => {
    const store = await open(notifying(toQueue()));
    const { root } = store;
    const target = { Bucket: 'pictures', Key: 'parts' };
    await put(store, 'a');
    await root.send(new CopyObjectCommand({ Bucket: 'pictures', Key: 'b', CopySource: 'pictures/a' }));
    const { UploadId } = await root.send(new CreateMultipartUploadCommand(target));
    const { ETag } = await root.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'x' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    await root.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }));
    const { url, fields } = await createPresignedPost(root, { Bucket: 'pictures', Key: 'form' });
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, file: 'x' })) form.append(name, value);
    await fetch(url, { method: 'POST', body: form });
    await root.send(new DeleteObjectCommand({ Bucket: 'pictures', Key: 'a' }));
    await root.send(
      new DeleteObjectsCommand({ Bucket: 'pictures', Delete: { Objects: [{ Key: 'b' }, { Key: 'none' }] } }),
    );
    await store.s3.idle();
    expect(namesOf(store)).toEqual([
      'ObjectCreated:Put a',
      'ObjectCreated:Copy b',
      'ObjectCreated:CompleteMultipartUpload parts',
      'ObjectCreated:Post form',
      'ObjectRemoved:Delete a',
      'ObjectRemoved:Delete b',
    ]);
  });

  it('comes of expiry, by another name', async () => {
    const store = await open(
      notifying(toQueue({ events: ['s3:LifecycleExpiration:*'] }), {
        aws_s3_bucket_lifecycle_configuration: {
          pictures: {
            bucket: 'pictures',
            rule: [{ id: 'old', status: 'Enabled', filter: [{ prefix: '' }], expiration: [{ days: 1 }] }],
          },
        },
      }),
    );
    await put(store, 'a');
    store.clock.advance(2 * 86_400_000);
    await store.s3.idle();
    expect(namesOf(store)).toEqual(['LifecycleExpiration:Delete a']);
  });

  it('does not come of what was refused', async () => {
    const store = await open(notifying(toQueue()));
    const wrong = new PutObjectCommand({
      Bucket: 'pictures',
      Key: 'a',
      Body: 'x',
      ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==',
    });
    expect(await outcome(store.root.send(wrong))).toBe('400 BadDigest');
    await store.s3.idle();
    expect(store.events).toEqual([]);
  });
});

describe('who is told', () => {
  it.each<[string, JsonObject, string[]]>([
    ['of a prefix', { filter_prefix: 'in/' }, ['in/a.webp', 'in/a.txt']],
    ['of a suffix', { filter_suffix: '.webp' }, ['in/a.webp', 'b.webp']],
    ['of both', { filter_prefix: 'in/', filter_suffix: '.webp' }, ['in/a.webp']],
    ['of copies only', { events: ['s3:ObjectCreated:Copy'] }, []],
    ['of what is put', { events: ['s3:ObjectCreated:Put'] }, ['in/a.webp', 'in/a.txt', 'b.webp']],
  ])('is told %s', async (_, more, expected) => {
    const store = await open(notifying(toQueue(more)));
    for (const key of ['in/a.webp', 'in/a.txt', 'b.webp']) await put(store, key);
    await store.s3.idle();
    expect(namesOf(store).map((name) => name.split(' ')[1])).toEqual(expected);
  });

  it('may be a function and a queue, each of its own', async () => {
    const store = await open(
      notifying({
        queue: [{ queue_arn: queueArn, events: ['s3:ObjectRemoved:*'] }],
        lambda_function: [{ lambda_function_arn: functionArn, events: ['s3:ObjectCreated:*'] }],
      }),
    );
    await put(store, 'a');
    await store.root.send(new DeleteObjectCommand({ Bucket: 'pictures', Key: 'a' }));
    await store.s3.idle();
    expect(store.events.map(({ kind, arn }) => `${kind} ${arn}`)).toEqual([
      `function ${functionArn}`,
      `queue ${queueArn}`,
    ]);
  });

  it('is told so beforehand, once, if it is a queue', async () => {
    const store = await openStore(notifying(toQueue()));
    await store.apply(notifying(toQueue({ filter_prefix: 'other/' })));
    await store.s3.idle();
    expect(store.events.map(({ body }) => body)).toEqual([
      {
        Service: 'Amazon S3',
        Event: 's3:TestEvent',
        Time: '2026-11-22T10:30:00.000Z',
        Bucket: 'pictures',
        RequestId: expect.any(String) as string,
        HostId: expect.any(String) as string,
      },
    ]);
  });
});

describe('an event that is not taken', () => {
  it('comes again after a while, and is not lost meanwhile', async () => {
    const store = await open(notifying(toQueue()));
    store.refuseEvents('the queue is away');
    await put(store, 'a');
    await store.s3.idle();
    expect(store.lines).toEqual([
      `s3 pictures: an event for ${queueArn} was not taken: the queue is away (again in 1 s)`,
    ]);
    store.refuseEvents(null);
    store.clock.advance(1_000);
    await store.s3.idle();
    expect(namesOf(store)).toEqual(['ObjectCreated:Put a']);
  });

  it('is given up after some hours, and told of', async () => {
    const store = await open(notifying(toQueue()));
    store.refuseEvents('never');
    await put(store, 'a');
    for (let hour = 0; hour < 8; hour += 1) {
      await store.s3.idle();
      store.clock.advance(3_600_000);
    }
    expect(store.lines.at(-1)).toBe(
      `s3 pictures: an event for ${queueArn} was not taken: never (given up after 7 attempts)`,
    );
    store.refuseEvents(null);
    store.clock.advance(86_400_000);
    await store.s3.idle();
    expect(store.events).toEqual([]);
  });

  it('is still there after a restart', async () => {
    const store = await open(notifying(toQueue()));
    store.refuseEvents('stopping');
    await put(store, 'a');
    await store.s3.idle();
    await store.close();
    const again = await openStore(notifying(toQueue()), { folder: store.folder });
    again.clock.advance(60_000);
    await again.s3.idle();
    expect(namesOf(again)).toEqual(['ObjectCreated:Put a']);
  });
});

describe('a notification that cannot be', () => {
  it.each<[string, Terraform, string]>([
    [
      'a queue whose policy does not name the bucket',
      { ...notifying(toQueue()), aws_sqs_queue_policy: {} },
      'aws_s3_bucket_notification.pictures: Unable to validate the following destination configurations: arn:aws:sqs:eu-central-1:123456789012:arrivals.',
    ],
    [
      'a function that S3 may not call',
      {
        ...notifying({ lambda_function: [{ lambda_function_arn: functionArn, events: all }] }),
        aws_lambda_permission: {},
      },
      'aws_s3_bucket_notification.pictures: Unable to validate the following destination configurations: arn:aws:lambda',
    ],
    [
      'a queue that is not there',
      notifying({ queue: [{ queue_arn: `${queueArn}z`, events: all }] }),
      'aws_s3_bucket_notification.pictures.queue_arn needs an aws_sqs_queue',
    ],
    ['a topic', notifying({ topic: [{ topic_arn: 'arn', events: all }] }), 'topic is not emulated by @hiroba/local'],
    ['EventBridge', notifying({ eventbridge: true }), 'eventbridge is not emulated by @hiroba/local'],
    [
      'an event that does not occur',
      notifying(toQueue({ events: ['s3:ObjectTagging:Put'] })),
      'the event s3:ObjectTagging:Put does not occur in @hiroba/local',
    ],
    [
      'two that overlap',
      notifying({
        queue: [
          { id: 'one', queue_arn: queueArn, events: ['s3:ObjectCreated:*'], filter_prefix: 'a' },
          { id: 'two', queue_arn: queueArn, events: ['s3:ObjectCreated:Put'], filter_prefix: 'ab' },
        ],
      }),
      'the notifications one and two overlap. Configurations on the same bucket cannot share a common event type.',
    ],
  ])('%s stops the start', async (_, terraform, message) => {
    await expect(openStore(terraform)).rejects.toThrow(message);
  });
});
