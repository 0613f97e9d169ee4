import { BlockList, isIPv4 } from 'node:net';
import type { JsonObject, JsonValue } from '../../../json.ts';
import { isObject } from '../../../resources/resourceType.ts';
import { matchesText } from '../pathPattern.ts';

/** What a signer lets a viewer do. Times in epoch seconds. */
export interface Policy {
  /** With `*` and `?`; null: every URL. */
  readonly resource: string | null;
  readonly before: number;
  readonly after: number | null;
  /** As `192.0.2.0/24`. */
  readonly addresses: string | null;
}

/** What a canned policy for that URL says, byte by byte as signers write it. */
export function cannedPolicy(url: string, expires: string): string {
  return `{"Statement":[{"Resource":"${url}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
}

/**
 * Null for a text that is no policy: one statement, whose end must be named.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
export function parsePolicy(text: string): Policy | null {
  const statement = onlyStatement(text);
  if (statement === null) return null;
  const { Resource: resource = null, Condition: conditions } = statement;
  if (!isObject(conditions) || (resource !== null && typeof resource !== 'string')) return null;
  const known = ['DateLessThan', 'DateGreaterThan', 'IpAddress'];
  if (Object.keys(conditions).some((name) => !known.includes(name))) return null;
  const before = member(conditions, 'DateLessThan', 'AWS:EpochTime');
  const after = member(conditions, 'DateGreaterThan', 'AWS:EpochTime');
  const addresses = member(conditions, 'IpAddress', 'AWS:SourceIp');
  if (typeof before !== 'number') return null;
  if (after !== undefined && typeof after !== 'number') return null;
  if (addresses !== undefined && typeof addresses !== 'string') return null;
  return { resource, before, after: after ?? null, addresses: addresses ?? null };
}

function onlyStatement(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as JsonValue;
    const statements = isObject(value) ? value['Statement'] : null;
    const [only, ...others] = Array.isArray(statements) ? statements : [];
    return isObject(only) && others.length === 0 ? only : null;
  } catch {
    return null;
  }
}

function member(conditions: JsonObject, operator: string, key: string): JsonValue | undefined {
  const condition = conditions[operator];
  return isObject(condition) ? condition[key] : undefined;
}

export interface Asked {
  /** The names under which the same file is asked for. */
  readonly urls: readonly string[];
  readonly sourceIp: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function allows({ resource, before, after, addresses }: Policy, { urls, sourceIp, now }: Asked): boolean {
  if (now >= before * 1000) return false;
  if (after !== null && now < after * 1000) return false;
  if (addresses !== null && !isWithin(addresses, sourceIp)) return false;
  return resource === null || urls.some((url) => matchesText(resource, url));
}

function isWithin(block: string, sourceIp: string): boolean {
  const [network = '', bits = '32'] = block.split('/');
  const address = sourceIp.replace(/^::ffff:/, '');
  if (!isIPv4(network) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return false;
  // `0.0.0.0/0` means everybody.
  if (Number(bits) === 0) return true;
  if (!isIPv4(address)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits));
  return list.check(address);
}
