import { isObject } from '../../../resources/resourceType.ts';
import type { JsonValue } from '../../../json.ts';
import { s3Error } from '../errors.ts';

/** What whoever signed a form allows to be sent with it. */
export interface PostPolicy {
  /** Epoch milliseconds. */
  readonly expiration: number;
  readonly conditions: readonly Condition[];
}

export type Condition =
  | { readonly kind: 'eq' | 'starts-with'; readonly field: string; readonly value: string; readonly text: string }
  | { readonly kind: 'content-length-range'; readonly minimum: number; readonly maximum: number };

/**
 * Reads the decoded policy. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 *
 * Throws `InvalidPolicyDocument`.
 */
export function readPolicy(base64: string): PostPolicy {
  let document: JsonValue;
  try {
    document = JSON.parse(Buffer.from(base64, 'base64').toString()) as JsonValue;
  } catch {
    throw invalidPolicy('Invalid JSON.');
  }
  if (!isObject(document)) throw invalidPolicy('Invalid JSON.');
  const { expiration, conditions } = document;
  if (typeof expiration !== 'string') throw invalidPolicy('Policy missing expiration.');
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(expiration) ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(time)) throw invalidPolicy(`Invalid 'expiration' value: '${expiration}'`);
  if (!Array.isArray(conditions)) throw invalidPolicy('Policy missing conditions.');
  return { expiration: time, conditions: conditions.flatMap(readCondition) };
}

function readCondition(value: JsonValue): readonly Condition[] {
  if (isObject(value)) return Object.entries(value).map(([field, wanted]) => exactly(field, wanted, value));
  if (!Array.isArray(value) || value.length !== 3) throw invalidCondition(value);
  const [operator, first, second] = value as [JsonValue, JsonValue, JsonValue];
  const kind = typeof operator === 'string' ? operator.toLowerCase() : '';
  if (kind === 'content-length-range') {
    const [minimum, maximum] = [Number(first), Number(second)];
    if (!Number.isInteger(minimum) || !Number.isInteger(maximum) || minimum < 0) throw invalidCondition(value);
    return [{ kind, minimum, maximum }];
  }
  if ((kind !== 'eq' && kind !== 'starts-with') || typeof first !== 'string' || typeof second !== 'string')
    throw invalidCondition(value);
  if (!first.startsWith('$')) throw invalidCondition(value);
  return [{ kind, field: first.slice(1).toLowerCase(), value: second, text: JSON.stringify(value) }];
}

function exactly(field: string, wanted: JsonValue, whole: JsonValue): Condition {
  if (typeof wanted !== 'string') throw invalidCondition(whole);
  const text = JSON.stringify(['eq', `$${field}`, wanted]);
  return { kind: 'eq', field: field.toLowerCase(), value: wanted, text };
}

/** Fields that a policy need not mention. */
const FREE_FIELDS: ReadonlySet<string> = new Set(['x-amz-signature', 'policy', 'file']);

/** Throws `AccessDenied` when a condition does not hold, or a field is not mentioned by any. */
export function checkPolicy(
  { expiration, conditions }: PostPolicy,
  fields: ReadonlyMap<string, string>,
  now: number,
): void {
  if (now >= expiration) throw s3Error('AccessDenied', 'Invalid according to Policy: Policy expired.');
  const mentioned = new Set<string>(FREE_FIELDS);
  for (const condition of conditions) {
    if (condition.kind === 'content-length-range') continue;
    mentioned.add(condition.field);
    if (!holds(condition, fields.get(condition.field))) {
      throw s3Error('AccessDenied', `Invalid according to Policy: Policy Condition failed: ${condition.text}`);
    }
  }
  const extra = [...fields.keys()].find((name) => !mentioned.has(name) && !name.startsWith('x-ignore-'));
  if (extra !== undefined) throw s3Error('AccessDenied', `Invalid according to Policy: Extra input fields: ${extra}`);
}

function holds(
  { kind, field, value }: Exclude<Condition, { kind: 'content-length-range' }>,
  given: string | undefined,
): boolean {
  if (given === undefined) return false;
  if (kind === 'eq') return given === value;
  if (field !== 'content-type') return given.startsWith(value);
  // A list of types begins as it should only if each of them does.
  return given.split(',').every((type) => type.trim().startsWith(value));
}

/** The bytes that the file may have; null: any number. */
export function lengthRange({ conditions }: PostPolicy): { readonly minimum: number; readonly maximum: number } | null {
  const ranges = conditions.filter((condition) => condition.kind === 'content-length-range');
  if (ranges.length === 0) return null;
  return {
    minimum: Math.max(...ranges.map(({ minimum }) => minimum)),
    maximum: Math.min(...ranges.map(({ maximum }) => maximum)),
  };
}

const invalidPolicy = (problem: string) => s3Error('InvalidPolicyDocument', `Invalid Policy: ${problem}`);
const invalidCondition = (condition: JsonValue) => invalidPolicy(`Invalid Condition: ${JSON.stringify(condition)}`);
