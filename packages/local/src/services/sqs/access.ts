import type { Access } from '../../aws/service.ts';
import type { JsonObject } from '../../json.ts';
import type { Context } from './context.ts';
import { readTaskHandle } from './taskHandle.ts';

/**
 * What a call does in IAM's terms ("Actions, resources, and condition keys for Amazon SQS"). Batches are judged as their single
 * operation. An input that the operation will refuse gets what can be told of it.
 */
export function accessOf(context: Context, operation: string, input: JsonObject): readonly Access[] {
  const own = `sqs:${operation.replace(/Batch$/, '')}`;
  if (operation === 'ListQueues') return [{ action: own, resource: '*' }];
  if (operation === 'GetQueueUrl') return [{ action: own, resource: arnOf(context, input.QueueName) }];
  if (operation === 'StartMessageMoveTask') return moveAccess(context, input);
  if (operation === 'ListMessageMoveTasks') return [{ action: own, resource: givenArn(context, input.SourceArn) }];
  if (operation === 'CancelMessageMoveTask') return [{ action: own, resource: arnInHandle(context, input.TaskHandle) }];
  const url = typeof input.QueueUrl === 'string' ? input.QueueUrl : '';
  return [{ action: own, resource: arnOf(context, url.split('/').at(-1)) }];
}

/** Whoever starts a move has to be allowed what it does ("Configure queue permissions" for redrive in the SQS Developer Guide). */
function moveAccess(context: Context, input: JsonObject): readonly Access[] {
  const source = givenArn(context, input.SourceArn);
  const ofSource = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
  const queue = context.queues.byArn(source);
  const origins = queue ? context.queues.sourcesOf(queue).map(({ arn }) => arn) : [];
  const targets = typeof input.DestinationArn === 'string' ? [input.DestinationArn] : origins;
  return [
    ...ofSource.map((action) => ({ action: `sqs:${action}`, resource: source })),
    ...targets.map((resource) => ({ action: 'sqs:SendMessage', resource })),
  ];
}

function arnInHandle(context: Context, handle: JsonObject[string] | undefined): string {
  try {
    return givenArn(context, readTaskHandle(typeof handle === 'string' ? handle : '').sourceArn);
  } catch {
    return arnOf(context, 'unknown');
  }
}

const givenArn = (context: Context, arn: JsonObject[string] | undefined): string =>
  typeof arn === 'string' && arn.startsWith('arn:') ? arn : arnOf(context, arn);

/** Nonsense in place of a name must not become a pattern. */
function arnOf({ account }: Context, name: JsonObject[string] | undefined): string {
  const safe = typeof name === 'string' && /^[A-Za-z0-9_.-]{1,85}$/.test(name) ? name : 'unknown';
  return `arn:aws:sqs:${account.region}:${account.accountId}:${safe}`;
}
