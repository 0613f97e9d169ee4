import { describe, expect, it } from 'vitest';
import type { AwsService } from '../../src/aws/service.ts';
import type { StreamedRequest, StreamedService } from '../../src/aws/streamedService.ts';
import { createFaults, type FaultOptions } from '../../src/faults/faults.ts';
import { faultySes } from '../../src/faults/mail.ts';
import { doubledNotifications, slowS3 } from '../../src/faults/s3.ts';

const worker = { arn: 'arn:aws:iam::123456789012:role/worker' };
const root = { arn: 'arn:aws:iam::123456789012:root' };
const faultsOf = (rates: FaultOptions['rates']) => createFaults({ seed: 'seed', rates, most: 1 });

describe('SES', () => {
  const ses: AwsService = { name: 'ses', access: () => [], call: (operation) => ({ did: operation }) };
  const mail = { Destination: { ToAddresses: ['mori@example.com'] } };
  const refusal = { code: 'TooManyRequestsException', message: 'Maximum sending rate exceeded.', statusCode: 429 };

  it.each(['SendEmail', 'SendBulkEmail'])('refuses %s of a function, and does it the next time', (operation) => {
    const faults = faultsOf({ sesThrottled: 1 });
    const faulty = faultySes(ses, faults);
    expect(() => faulty.call(operation, mail, worker)).toThrow(expect.objectContaining(refusal));
    expect(faulty.call(operation, mail, worker)).toEqual({ did: operation });
    expect(faults.counts().sesThrottled).toBe(1);
  });

  it("does what else it is asked for, and the developer's own sending", () => {
    const faulty = faultySes(ses, faultsOf({ sesThrottled: 1 }));
    expect(faulty.call('GetAccount', {}, worker)).toEqual({ did: 'GetAccount' });
    expect(faulty.call('SendEmail', mail, root)).toEqual({ did: 'SendEmail' });
  });

  it('is itself at a rate of 0', () => {
    expect(faultySes(ses, faultsOf({}))).toBe(ses);
  });
});

describe('S3', () => {
  const s3: StreamedService = {
    name: 's3',
    ownsHost: () => true,
    takes: () => true,
    handle: async () => ({ statusCode: 200, headers: {}, body: 'object' }),
  };
  const requestOf = (changes: Partial<StreamedRequest> = {}): StreamedRequest => ({
    method: 'GET',
    path: '/photos/1.jpg',
    query: '',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20260101/eu-central-1/s3/aws4_request',
      'user-agent': 'aws-sdk-js/3.1175.0 ua/2.1',
    },
    body: (async function* () {})(),
    sourceIp: '127.0.0.1',
    ...changes,
  });

  it('asks a function to slow down, and answers the next time', async () => {
    const faults = faultsOf({ s3SlowDown: 1 });
    const slow = slowS3(s3, faults);
    const first = await slow.handle(requestOf());
    expect(first.statusCode).toBe(503);
    expect(first.body).toContain('<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message>');
    expect((await slow.handle(requestOf())).body).toBe('object');
    expect(faults.counts().s3SlowDown).toBe(1);
  });

  it('says so without a body to HEAD', async () => {
    const reply = await slowS3(s3, faultsOf({ s3SlowDown: 1 })).handle(requestOf({ method: 'HEAD' }));
    expect([reply.statusCode, reply.body]).toEqual([503, '']);
  });

  it.each([
    ["the developer's key", { authorization: 'AWS4-HMAC-SHA256 Credential=AKIAROOT/x', 'user-agent': 'aws-sdk-js/3' }],
    ['a browser with a presigned URL', { 'user-agent': 'Mozilla/5.0' }],
    ['AppSync', { authorization: 'AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/x' }],
  ])('spares %s', async (_who, headers) => {
    const reply = await slowS3(s3, faultsOf({ s3SlowDown: 1 })).handle(requestOf({ headers }));
    expect(reply.statusCode).toBe(200);
  });

  it('is itself at a rate of 0', () => {
    expect(slowS3(s3, faultsOf({}))).toBe(s3);
  });
});

describe('notifications of S3', () => {
  const message = (key: string, sequencer: string): string =>
    JSON.stringify({
      Records: [{ eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'photos' }, object: { key, sequencer } } }],
    });

  function recorded() {
    const sent: string[] = [];
    const targets = {
      sendToQueue: async (arn: string, body: string) => void sent.push(`${arn} ${body}`),
      invokeFunction: async (arn: string, payload: string) => void sent.push(`${arn} ${payload}`),
    };
    return { sent, targets };
  }

  it('come twice, to queues and to functions', async () => {
    const { sent, targets } = recorded();
    const faults = faultsOf({ notificationDuplicated: 1 });
    const doubled = doubledNotifications(targets, faults);
    await doubled.sendToQueue('queue', message('1.jpg', '01'), 'bucket');
    await doubled.invokeFunction('function', message('2.jpg', '02'), 'bucket');
    expect(sent).toEqual([
      `queue ${message('1.jpg', '01')}`,
      `queue ${message('1.jpg', '01')}`,
      `function ${message('2.jpg', '02')}`,
      `function ${message('2.jpg', '02')}`,
    ]);
    expect(faults.counts().notificationDuplicated).toBe(2);
  });

  it('come twice for the same objects with the same seed, whatever else the messages say', async () => {
    const doubledKeys = async (sequence: string): Promise<string[]> => {
      const { sent, targets } = recorded();
      const doubled = doubledNotifications(targets, faultsOf({ notificationDuplicated: 0.5 }));
      for (let n = 0; n < 8; n += 1) await doubled.sendToQueue('queue', message(`${n}.jpg`, sequence + n), 'bucket');
      return sent.filter((one, index) => one === sent[index - 1]).map((one) => /\d\.jpg/.exec(one)?.[0] ?? '');
    };
    const first = await doubledKeys('a');
    expect(first.length).toBeGreaterThan(0);
    expect(first.length).toBeLessThan(8);
    expect(await doubledKeys('b')).toEqual(first);
  });

  it('come once at a rate of 0', () => {
    const { targets } = recorded();
    expect(doubledNotifications(targets, faultsOf({}))).toBe(targets);
  });
});
