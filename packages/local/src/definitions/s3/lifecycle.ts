import type { JsonObject } from '../../json.ts';
import { argumentsOf, ConfigurationError, type ResolvedResource } from '../../resources/resourceType.ts';
import type { LifecycleRule } from '../../services/s3/index.ts';

/** Rules that are enabled. Moves to other storage classes change nothing here: an object is read from all of them alike. */
export function lifecycleRules(part: ResolvedResource | undefined): LifecycleRule[] {
  if (!part) return [];
  return argumentsOf(part)
    .blocks('rule')
    .filter((args) => args['status'] === 'Enabled')
    .map((args) => lifecycleRule(part, args));
}

function lifecycleRule(part: ResolvedResource, args: JsonObject): LifecycleRule {
  const read = argumentsOf({ ...part, args });
  const inner = (block: JsonObject | undefined) => argumentsOf({ ...part, args: block ?? {} });
  const id = read.string('id');
  const filter = inner(read.block('filter'));
  const both = inner(filter.block('and'));
  refuse(part, id, [
    [read.block('filter'), ['tag']],
    [filter.block('and'), ['tags']],
    [read.block('expiration'), ['date']],
    [read.block('noncurrent_version_expiration'), ['newer_noncurrent_versions']],
  ]);
  const days = (block: string, name: string): number | undefined => {
    const value = inner(read.block(block)).number(name, 0);
    return value > 0 ? value : undefined;
  };
  const size = (name: string): number | undefined => {
    const value = both.number(name, filter.number(name, -1));
    return value < 0 ? undefined : value;
  };
  return withoutAbsent({
    id,
    prefix: both.optionalString('prefix') ?? filter.optionalString('prefix') ?? read.optionalString('prefix') ?? '',
    largerThan: size('object_size_greater_than'),
    smallerThan: size('object_size_less_than'),
    expirationDays: days('expiration', 'days'),
    removesExpiredMarkers: inner(read.block('expiration')).boolean('expired_object_delete_marker', false),
    noncurrentDays: days('noncurrent_version_expiration', 'noncurrent_days'),
    abortUploadDays: days('abort_incomplete_multipart_upload', 'days_after_initiation'),
  });
}

const withoutAbsent = (rule: LifecycleRule): LifecycleRule =>
  Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as unknown as LifecycleRule;

function refuse(
  { address }: ResolvedResource,
  id: string,
  places: readonly (readonly [JsonObject | undefined, readonly string[]])[],
): void {
  for (const [block, names] of places) {
    const name = names.find((one) => block?.[one] !== undefined && block[one] !== null);
    if (name) throw new ConfigurationError(`${address}: ${name} of the rule ${id} is not emulated by @hiroba/local.`);
  }
}
