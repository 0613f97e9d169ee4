import type { JsonObject } from '../../json.ts';
import { argumentsOf, ConfigurationError, type ResolvedResource } from '../../resources/resourceType.ts';
import { EVENT_NAMES, type Notification } from '../../services/s3/index.ts';
import type { ResourceSet } from '../resourceSet.ts';

const KNOWN: ReadonlySet<string> = new Set(EVENT_NAMES.flatMap((name) => [`s3:${name}`, `s3:${name.split(':')[0]}:*`]));

/** Whom a bucket tells of its objects. */
export function notifications(resources: ResourceSet, part: ResolvedResource | undefined): Notification[] {
  if (!part) return [];
  const read = argumentsOf(part);
  const { address } = part;
  if (read.blocks('topic').length > 0) throw notEmulated(address, 'topic');
  if (read.boolean('eventbridge', false)) throw notEmulated(address, 'eventbridge');
  const found = [
    ...read.blocks('queue').map((args, index) => notification(part, args, 'queue', index)),
    ...read.blocks('lambda_function').map((args, index) => notification(part, args, 'function', index)),
  ];
  for (const { target } of found) requireTarget(resources, address, target);
  refuseOverlaps(address, found);
  return found;
}

const notEmulated = (address: string, what: string) =>
  new ConfigurationError(`${address}.${what} is not emulated by @hiroba/local: use queue or lambda_function.`);

function notification(
  part: ResolvedResource,
  args: JsonObject,
  kind: Notification['target']['kind'],
  index: number,
): Notification {
  const read = argumentsOf({ ...part, args });
  const events = read.strings('events');
  const unknown = events.find((event) => !KNOWN.has(event));
  if (unknown) throw new ConfigurationError(`${part.address}: the event ${unknown} does not occur in @hiroba/local.`);
  return {
    id: read.optionalString('id') ?? `tf-s3-${kind === 'queue' ? 'queue' : 'lambda'}-${index}`,
    address: part.address,
    target: { kind, arn: read.string(kind === 'queue' ? 'queue_arn' : 'lambda_function_arn') },
    events,
    prefix: read.optionalString('filter_prefix') ?? '',
    suffix: read.optionalString('filter_suffix') ?? '',
  };
}

function requireTarget(resources: ResourceSet, address: string, { kind, arn }: Notification['target']): void {
  const [type, name] =
    kind === 'queue' ? ['aws_sqs_queue', 'queue_arn'] : ['aws_lambda_function', 'lambda_function_arn'];
  // A function may be named by one of its versions or aliases.
  const unqualified = kind === 'queue' ? arn : arn.split(':').slice(0, 7).join(':');
  resources.find(type, 'arn', unqualified, `${address}.${name}`);
}

/** S3 refuses two that would both be told of one object: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html */
function refuseOverlaps(address: string, all: readonly Notification[]): void {
  for (const [index, one] of all.entries()) {
    const other = all.slice(index + 1).find((two) => overlap(one, two));
    if (!other) continue;
    throw new ConfigurationError(
      `${address}: the notifications ${one.id} and ${other.id} overlap. Configurations on the same bucket cannot share a common event type.`,
    );
  }
}

function overlap(one: Notification, two: Notification): boolean {
  const shareEvents = one.events.some((a) => two.events.some((b) => covers(a, b) || covers(b, a)));
  const sharePrefix = one.prefix.startsWith(two.prefix) || two.prefix.startsWith(one.prefix);
  const shareSuffix = one.suffix.endsWith(two.suffix) || two.suffix.endsWith(one.suffix);
  return shareEvents && sharePrefix && shareSuffix;
}

const covers = (pattern: string, event: string): boolean =>
  pattern === event || (pattern.endsWith('*') && event.startsWith(pattern.slice(0, -1)));
