import type { Block, Json, SynthesizedTarget } from '../targets.ts';

/** One value that differs between the Terraform of two targets. */
export interface Difference {
  /** `data.aws_dynamodb_table.users`: the stack, then the address; `data.terraform` and the like for what is no resource. */
  readonly address: string;
  /** Where in the constructs it is made, as `dynamodb tables/users`; the same as the address's end where there is none. */
  readonly construct: string;
  /** `log_config.field_log_level`; empty when the whole resource is on one side only. */
  readonly attribute: string;
  /** Undefined where that side has nothing. */
  readonly left: Json | undefined;
  readonly right: Json | undefined;
}

/**
 * What differs between two targets, by address. Names begin with the stage's prefix and end with its domain; both are left
 * out of the comparison, so that what remains is what behaves differently.
 */
export function differencesBetween(left: SynthesizedTarget, right: SynthesizedTarget): Difference[] {
  const [one, other] = [partsOf(left), partsOf(right)];
  const addresses = [...new Set([...one.keys(), ...other.keys()])].sort();
  return addresses.flatMap((address) => {
    const [a, b] = [one.get(address), other.get(address)];
    const construct = constructOf(a ?? b) ?? address.slice(address.indexOf('.') + 1);
    if (!a || !b) return [{ address, construct, attribute: '', left: a && PRESENT, right: b && PRESENT }];
    return compare(a, b).map((difference) => ({ address, construct, ...difference }));
  });
}

const PRESENT = 'present';
const SOURCE_MAP = /\n\/\/# sourceMappingURL=\S*/;

/** Everything that has an address, with what is only this stage's name taken out. */
function partsOf(target: SynthesizedTarget): Map<string, Block> {
  const parts = new Map<string, Block>();
  for (const [stack, document] of target.stacks) {
    for (const [kind, prefix] of [
      ['resource', ''],
      ['data', 'data.'],
    ] as const) {
      for (const [type, byId] of Object.entries(document[kind] ?? {})) {
        for (const [id, block] of Object.entries(byId)) parts.set(`${stack}.${prefix}${type}.${id}`, block);
      }
    }
    for (const [id, block] of Object.entries(document.output ?? {})) parts.set(`${stack}.output.${id}`, block);
    parts.set(`${stack}.terraform`, document.terraform);
    parts.set(`${stack}.provider`, document.provider as unknown as Block);
  }
  const neutral = neutralizer(target);
  return new Map([...parts].map(([address, block]) => [address, neutral(block) as Block]));
}

function neutralizer({ config }: SynthesizedTarget): (value: Json) => Json {
  const nameInSql = config.namePrefix.replaceAll('-', '_');
  const replaceIn = (text: string): string => {
    // A source map counts columns, which move with the length of a name.
    const named = text.replace(SOURCE_MAP, '').replaceAll(config.namePrefix, 'NAME').replaceAll(nameInSql, 'NAME');
    return config.domain ? named.replaceAll(config.domain, 'DOMAIN') : named;
  };
  const neutral = (value: Json): Json => {
    if (typeof value === 'string') return replaceIn(value);
    if (Array.isArray(value)) return value.map(neutral);
    if (!isBlock(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [replaceIn(key), neutral(each)]));
  };
  return neutral;
}

function compare(
  left: Json | undefined,
  right: Json | undefined,
  path = '',
): Omit<Difference, 'address' | 'construct'>[] {
  if (left === right || path === '//') return [];
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  if (isBlock(left) && isBlock(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
    return keys.flatMap((key) => compare(left[key], right[key], at(key)));
  }
  if (Array.isArray(left) && Array.isArray(right) && left.length === right.length)
    return left.flatMap((value, index) => compare(value as Json, right[index] as Json, at(String(index))));
  // A policy is compared as a policy, not as one long text.
  const [a, b] = [document(left), document(right)];
  if (a && b) return compare(a, b, path);
  return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ attribute: path, left, right }];
}

function document(value: Json | undefined): Block | undefined {
  if (typeof value !== 'string' || !value.startsWith('{')) return undefined;
  try {
    const parsed = JSON.parse(value) as Json;
    return isBlock(parsed) ? parsed : undefined;
  } catch {
    // Text that only begins like a document.
    return undefined;
  }
}

function isBlock(value: Json | undefined): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function constructOf(block: Block | undefined): string | undefined {
  const metadata = isBlock(block?.['//']) ? block['//'].metadata : undefined;
  const path = isBlock(metadata) ? metadata.path : undefined;
  return typeof path === 'string' ? path.slice(path.indexOf('/') + 1) : undefined;
}
