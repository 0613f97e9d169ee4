import type { Block, Json, TerraformDocument } from '../../../../infra/targets.ts';

export type Stacks = ReadonlyMap<string, TerraformDocument>;

/** A resource by `stack/type.id`, as people name it. */
export interface DeclaredResource {
  readonly address: string;
  readonly type: string;
  readonly id: string;
  /** Without cdktf's notes to itself. */
  readonly args: Block;
}

export function resourcesOf(stacks: Stacks): ReadonlyMap<string, DeclaredResource> {
  const all = [...stacks].flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, { '//': _metadata, ...args }]): DeclaredResource => ({
        address: `${stack}/${type}.${id}`,
        type,
        id,
        args,
      })),
    ),
  );
  return new Map(all.sort((a, b) => (a.address < b.address ? -1 : 1)).map((resource) => [resource.address, resource]));
}

export interface ArgumentChange {
  /** `point_in_time_recovery.enabled` */
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** Lists whose items have names are compared by name, so that an item in between is one change and not all that follow it. */
const NAMES = ['name', 'attribute_name', 'path_pattern', 'origin_id', 'sid', 'Sid', 'id'] as const;

export function argumentChanges(before: Block, after: Block): readonly ArgumentChange[] {
  return changes('', before, after);
}

function changes(path: string, before: Json | undefined, after: Json | undefined): ArgumentChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [a, b] = [membersOf(before), membersOf(after)];
  if (!a || !b) return [{ path, before, after }];
  const names = [...new Set([...a.keys(), ...b.keys()])];
  return names.flatMap((name) => changes(path === '' ? name : `${path}.${name}`, a.get(name), b.get(name)));
}

function membersOf(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value as Block));
  const items = value as readonly Json[];
  const named = items.map((item) => nameOf(item));
  return named.includes(undefined) || new Set(named).size < named.length
    ? undefined
    : new Map(items.map((item, index) => [named[index] ?? '', item]));
}

function nameOf(item: Json): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined;
  const key = NAMES.find((name) => typeof (item as Block)[name] === 'string');
  return key && ((item as Block)[key] as string);
}
