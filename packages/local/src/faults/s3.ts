import type { StreamedReply, StreamedRequest, StreamedService } from '../aws/streamedService.ts';
import type { EventTargets } from '../services/s3/index.ts';
import type { Faults } from './faults.ts';

/** S3 that asks functions now and then to slow down, before anything is done. */
export function slowS3<S3 extends StreamedService>(s3: S3, faults: Faults): S3 {
  if (!faults.has('s3SlowDown')) return s3;
  return {
    ...s3,
    async handle(request) {
      const { method, path } = request;
      if (isFromFunction(request) && faults.strikes('s3SlowDown', `${method} ${path}`)) return slowDown(method);
      return s3.handle(request);
    },
  };
}

/**
 * Signed with the key of a role's session and by an SDK, which tries again. A browser with a presigned URL does not, and
 * neither does AppSync.
 */
function isFromFunction({ headers }: StreamedRequest): boolean {
  const text = (name: string): string => [headers[name] ?? ''].flat().join();
  return text('authorization').includes('Credential=ASIA') && text('user-agent').includes('aws-sdk');
}

const SLOW_DOWN =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message><RequestId>SLOWDOWN</RequestId></Error>';

const slowDown = (method: string): StreamedReply => ({
  statusCode: 503,
  headers: { 'content-type': 'application/xml', 'x-amz-request-id': 'SLOWDOWN' },
  body: method === 'HEAD' ? '' : SLOW_DOWN,
});

/** Tells of some events twice: "Event notifications are designed to be delivered at least once". */
export function doubledNotifications(targets: EventTargets, faults: Faults): EventTargets {
  if (!faults.has('notificationDuplicated')) return targets;
  const twice =
    (send: EventTargets[keyof EventTargets]): EventTargets[keyof EventTargets] =>
    async (target, message, bucketArn) => {
      await send(target, message, bucketArn);
      if (faults.strikes('notificationDuplicated', eventKey(message))) await send(target, message, bucketArn);
    };
  return { sendToQueue: twice(targets.sendToQueue), invokeFunction: twice(targets.invokeFunction) };
}

interface S3Event {
  readonly Records?: readonly {
    readonly eventName: string;
    readonly s3: { readonly bucket: { readonly name: string }; readonly object: { readonly key: string } };
  }[];
}

/** What has happened to which object: the rest of a message differs from run to run. */
function eventKey(message: string): string {
  const { Records: records = [] } = JSON.parse(message) as S3Event;
  return records.map(({ eventName, s3 }) => `${eventName} ${s3.bucket.name}/${s3.object.key}`).join(' ');
}
