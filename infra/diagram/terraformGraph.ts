import type { Block, Json, TerraformDocument } from '../targets.ts';

/** One resource of the synthesized Terraform. */
export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly id: string;
  readonly args: Block;
}

export interface TerraformGraph {
  readonly resources: readonly Resource[];
  ofType(type: string): readonly Resource[];
  /** The resources that a value of this stack refers to, also those of other stacks, each once. */
  referencesIn(value: Json | undefined, stack: string): readonly Resource[];
}

/** A value of another stack: cdktf writes it as an output there and a remote state here. */
const REMOTE = /data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+?)\.outputs\.([\w-]+)/g;
const ADDRESS = /\b(aws_[a-z0-9_]+)\.([A-Za-z0-9_-]+)/g;

/** Resources by what they are and by who refers to whom. */
export function terraformGraph(stacks: ReadonlyMap<string, TerraformDocument>): TerraformGraph {
  const resources = [...stacks].flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, args]) => ({ stack, type, id, args })),
    ),
  );
  const byKey = new Map(resources.map((resource) => [`${resource.stack} ${resource.type}.${resource.id}`, resource]));

  function referencesOf(text: string, stack: string): Resource[] {
    const remote = [...text.matchAll(REMOTE)].flatMap(([, producer = '', output = '']) => {
      const value = stacks.get(producer)?.output?.[output]?.['value'];
      if (typeof value !== 'string') throw new Error(`The stack ${producer} has no output ${output}.`);
      return referencesOf(value, producer);
    });
    const own = [...text.replaceAll(REMOTE, '').matchAll(ADDRESS)].flatMap(([, type, id]) => {
      const resource = byKey.get(`${stack} ${type}.${id}`);
      return resource ? [resource] : [];
    });
    return [...remote, ...own];
  }

  return {
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
    referencesIn: (value, stack) => [...new Set(stringsIn(value).flatMap((text) => referencesOf(text, stack)))],
  };
}

/** All strings inside a value, its keys not. */
function stringsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap((inner: Json) => stringsIn(inner));
}

/** A block that Terraform lets one write once as an object or as a list of one. */
export function blocksOf(value: Json | undefined): readonly Block[] {
  if (value === null || typeof value !== 'object') return [];
  return Array.isArray(value) ? (value as readonly Block[]) : [value as Block];
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
