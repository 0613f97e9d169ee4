import type { Json } from '../targets.ts';
import { standIn } from './standIns.ts';

/** The parts of `terraform show -json PLAN` that are read. https://developer.hashicorp.com/terraform/internals/json-format */
export interface PlanJson {
  readonly planned_values: { readonly root_module: { readonly resources?: readonly PlannedResource[] } };
  readonly resource_changes?: readonly ResourceChange[];
  readonly configuration?: {
    readonly root_module: {
      readonly resources?: readonly {
        readonly address: string;
        /** An argument's `references`, the longest first: `['aws_kms_key.data.arn', 'aws_kms_key.data']`. */
        readonly expressions?: Readonly<
          Record<string, { readonly references?: readonly string[] } | readonly unknown[]>
        >;
      }[];
    };
  };
}

export interface PlannedResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly schema_version: number;
  readonly values: Readonly<Record<string, Json>>;
}

export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    /** `['no-op']`, `['create']`, `['update']`, `['delete', 'create']`, `['create', 'delete']`, `['delete']`, `['read']`, `['forget']` */
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, Json>> | null;
    readonly after: Readonly<Record<string, Json>> | null;
    readonly after_unknown?: Json;
    /** Paths that force the replacement: `[['hash_key']]`. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/** `terraform providers schema -json`: types are in Terraform's own notation, `"string"` or `["list", "string"]`. */
export interface ResourceSchema {
  readonly block: SchemaBlock;
}

export interface SchemaBlock {
  readonly attributes?: Readonly<Record<string, { readonly type?: Json }>>;
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}

const PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]';

/** A state file of format 4 with outputs alone: what `terraform_remote_state` reads. */
export function stateOfOutputs(outputs: Readonly<Record<string, Json>>): Json {
  const typed = Object.entries(outputs).map(([name, value]) => [name, { value, type: typeOf(value) }] as const);
  return state({ outputs: Object.fromEntries(typed), resources: [] });
}

/**
 * The state that a first apply of this plan would leave of some types, as far as a later plan without refresh reads it:
 * what the plan knows, and stand-ins for what AWS would have said. To that plan all other resources are new.
 */
export function stateAfter(
  plan: PlanJson,
  schemas: Readonly<Record<string, ResourceSchema>>,
  isKept: (type: string) => boolean,
): Json {
  const unknown = new Map(plan.resource_changes?.map(({ address, change }) => [address, change.after_unknown ?? {}]));
  const resources = (plan.planned_values.root_module.resources ?? [])
    .filter(({ mode, type }) => mode === 'managed' && isKept(type))
    .map(({ address, mode, type, name, schema_version, values }) => {
      const schema = schemas[type];
      if (!schema) throw new Error(`The provider has no schema of ${type}.`);
      const fill: Fill = (attribute, wanted) => {
        const referred = referredTo(plan, address, attribute);
        return ofType(wanted, referred ?? standIn(type, attribute, name));
      };
      const attributes = filled(values, { unknown: unknown.get(address) ?? {}, block: schema.block, fill });
      const instance = { schema_version, attributes, sensitive_attributes: [] };
      return { mode, type, name, provider: PROVIDER, instances: [instance] };
    });
  return state({ outputs: {}, resources });
}

/** What an argument that is another resource's attribute would be: the same as that. */
function referredTo({ configuration }: PlanJson, address: string, attribute: string): Json | undefined {
  const resource = configuration?.root_module.resources?.find((other) => other.address === address);
  const expression = resource?.expressions?.[attribute];
  if (!expression || !('references' in expression)) return undefined;
  const [, type, id, name] = /^(aws_\w+)\.([\w-]+)\.(\w+)$/.exec(expression.references?.[0] ?? '') ?? [];
  return type && id && name ? standIn(type, name, id) : undefined;
}

function state(content: { readonly outputs: Json; readonly resources: readonly Json[] }): Json {
  return {
    version: 4,
    terraform_version: '1.0.0',
    serial: 1,
    lineage: '00000000-0000-4000-8000-000000000000',
    ...content,
    check_results: null,
  };
}

type Fill = (attribute: string, type: Json) => Json;

interface Filling {
  /** As `after_unknown`: `true` where a value is not known. */
  readonly unknown: Json;
  readonly block: SchemaBlock;
  readonly fill: Fill;
}

function filled(values: Json, { unknown, block, fill }: Filling): Json {
  if (!isObject(values) || !isObject(unknown)) return values;
  const result: Record<string, Json> = { ...values };
  for (const [name, missing] of Object.entries(unknown)) {
    const type = block.attributes?.[name]?.type;
    const nested = block.block_types?.[name]?.block;
    if (missing === true) result[name] = type === undefined ? [] : fill(name, type);
    else if (nested && isList(missing))
      result[name] = filledList(values[name], { unknown: missing, block: nested, fill });
  }
  return result;
}

function filledList(values: Json | undefined, { unknown, block, fill }: Filling & { unknown: readonly Json[] }): Json {
  if (!isList(values)) return values ?? [];
  return values.map((element, at) => filled(element, { unknown: unknown[at] ?? {}, block, fill }));
}

/** The stand-in where it is of that type; otherwise the type's nothing. */
function ofType(type: Json, value: Json): Json {
  if (type === 'string') return typeof value === 'string' ? value : '';
  if (type === 'number') return 0;
  if (type === 'bool') return false;
  const [kind] = isList(type) ? type : [];
  if (kind === 'map' || kind === 'object') return isObject(value) ? value : {};
  return isList(value) ? value : [];
}

function typeOf(value: Json): Json {
  if (isList(value)) return ['tuple', value.map(typeOf)];
  if (isObject(value)) return ['object', Object.fromEntries(Object.entries(value).map(([k, v]) => [k, typeOf(v)]))];
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'bool' : 'string';
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
