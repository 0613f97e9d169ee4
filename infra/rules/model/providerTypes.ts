import * as aws from '../../aws.ts';

let known: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/**
 * Names of the arguments and attributes of each type, `resource.aws_sqs_queue` or `data.aws_caller_identity`, as the
 * provider's bindings have them. Only types that `infra/aws.ts` exports.
 */
export function providerTypes(): ReadonlyMap<string, ReadonlySet<string>> {
  known ??= new Map(Object.entries(aws).flatMap(([name, value]) => (isBinding(value) ? [typeOf(name, value)] : [])));
  return known;
}

interface Binding {
  readonly tfResourceType: string;
  readonly prototype: object;
}

function isBinding(value: unknown): value is Binding {
  return typeof value === 'function' && 'tfResourceType' in value && typeof value.tfResourceType === 'string';
}

function typeOf(name: string, { tfResourceType, prototype }: Binding): [string, ReadonlySet<string>] {
  const mode = name.startsWith('Data') ? 'data' : 'resource';
  return [`${mode}.${tfResourceType}`, new Set(Object.getOwnPropertyNames(prototype).map(snakeCase))];
}

/** `pointInTimeRecovery` to `point_in_time_recovery`, `s3Bucket` to `s3_bucket`. */
function snakeCase(property: string): string {
  return property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
