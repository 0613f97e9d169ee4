import type { Block, Json, TerraformDocument } from '../model/json.ts';
import { systemOf, type System } from '../model/system.ts';

/** A block of Terraform JSON that may be changed. */
export interface Editable {
  [key: string]: EditableJson;
}
export type EditableJson = string | number | boolean | null | EditableJson[] | Editable;

/** A copy of a system's Terraform, in which one mistake is made. */
export interface Draft {
  /** The arguments of a resource, `api/aws_appsync_graphql_api.graphql`, to be changed in place. */
  edit(address: string): Editable;
  /** A resource more. Its construct path is its address. */
  add(address: string, args: Readonly<Record<string, Json>>): void;
  /** The whole of a stack's document. */
  document(stack: string): Editable;
}

export interface Mistake {
  /** What somebody did wrong. */
  readonly title: string;
  /** The rule that finds it. */
  readonly rule: string;
  /** Every line that the rule then says and did not say before. */
  readonly lines: readonly string[];
  readonly make: (draft: Draft) => void;
}

/** The system with the mistake made. Without one it is the same system, read again. */
export function withMistake(system: System, make: Mistake['make']): System {
  const documents = new Map(
    system.stacks.map(({ name, document }) => [name, structuredClone(document) as unknown as Editable]),
  );
  make(draftOf(documents));
  return systemOf({ ...system, documents: documents as unknown as ReadonlyMap<string, TerraformDocument> });
}

function draftOf(documents: ReadonlyMap<string, Editable>): Draft {
  const document = (stack: string): Editable => {
    const found = documents.get(stack);
    if (!found) throw new Error(`There is no stack ${stack}.`);
    return found;
  };
  const ofType = (address: string): { byId: Editable; id: string } => {
    const [, stack = '', mode, type = '', id = ''] = /^(\w+)\/(data\.)?(\w+)\.(.+)$/.exec(address) ?? [];
    const byType = child(document(stack), mode ? 'data' : 'resource');
    return { byId: child(byType, type), id };
  };
  return {
    document,
    edit(address) {
      const { byId, id } = ofType(address);
      if (!Object.hasOwn(byId, id)) throw new Error(`There is no ${address}.`);
      return child(byId, id);
    },
    add(address, args) {
      const { byId, id } = ofType(address);
      byId[id] = args as Block as Editable;
    },
  };
}

function child(within: Editable, key: string): Editable {
  const value = (within[key] ??= {});
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${key} is no block.`);
  return value;
}
