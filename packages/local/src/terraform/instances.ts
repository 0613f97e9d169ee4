import type { JsonValue } from '../json.ts';
import type { Resource } from './configuration.ts';
import { TerraformError } from './error.ts';
import { describe, isObject } from './jsonFile.ts';
import { toNumber } from './language/values.ts';
import { translating, type Place } from './place.ts';

/** One of the instances that `count` or `for_each` make of a block, or the only one. */
export interface Instance {
  /** `[0]`, `["key"]`, or empty. */
  readonly suffix: string;
  readonly key?: string | number;
  /** `each.value` */
  readonly value?: JsonValue;
}

export interface InstanceSteps {
  evaluate(value: JsonValue, place: Place): JsonValue;
  instance(instance: Instance): JsonValue;
}

/** A block's value as references see it: one object, a list by `count`, or a map by `for_each`. */
export function instancesOf(block: Resource, { evaluate, instance }: InstanceSteps): JsonValue {
  const { count, forEach } = block.meta;
  if (count !== undefined) {
    const place: Place = { address: `${block.address}.count`, file: block.file };
    const wanted = numberOfInstances(evaluate(count, place), place);
    return Array.from({ length: wanted }, (_, key) => instance({ suffix: `[${key}]`, key }));
  }
  if (forEach === undefined) return instance({ suffix: '' });
  const place: Place = { address: `${block.address}.for_each`, file: block.file };
  return Object.fromEntries(
    entriesOf(evaluate(forEach, place), place).map(([key, value]) => [
      key,
      instance({ suffix: `[${JSON.stringify(key)}]`, key, value }),
    ]),
  );
}

function numberOfInstances(value: JsonValue, place: Place): number {
  const count = translating(place, () => toNumber(value, 'the count'));
  if (Number.isInteger(count) && count >= 0) return count;
  throw new TerraformError(`${place.address}: the count must be a whole number from 0, not ${count}`, place);
}

function entriesOf(value: JsonValue, place: Place): readonly (readonly [string, JsonValue])[] {
  if (isObject(value)) return Object.entries(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.map((item) => [item, item]);
  throw new TerraformError(`${place.address} must be a map or a set of strings, not ${describe(value)}`, place);
}
