import type { JsonObject, JsonValue } from '../json.ts';
import type { Backend, DataSource, Expressible, Provider, Resource, Stack, Variable } from './configuration.ts';
import { TerraformError } from './error.ts';
import { describe, isObject, readJsonObject } from './jsonFile.ts';
import { readResource } from './readResource.ts';

export type StackSource = Pick<
  Stack,
  'name' | 'constructPath' | 'dependencies' | 'directory' | 'files' | 'addressPrefix'
>;

/** Blocks that describe how Terraform gets to the state that the other blocks describe. They do not change that state. */
const WITHOUT_EFFECT = new Set(['//', 'import', 'moved', 'removed', 'check']);

interface Draft {
  readonly source: StackSource;
  backend?: Backend;
  readonly providers: Provider[];
  readonly variables: Map<string, Variable>;
  readonly locals: Map<string, Expressible>;
  readonly outputs: Map<string, Expressible>;
  readonly resources: Map<string, Resource>;
  readonly dataSources: Map<string, DataSource>;
}

/** Reads the files of one root module and merges them as Terraform does: nothing may be declared twice. */
export function readStack(source: StackSource): Stack {
  const draft: Draft = {
    source,
    providers: [],
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    resources: new Map(),
    dataSources: new Map(),
  };
  for (const file of source.files) {
    for (const [key, value] of Object.entries(readJsonObject(file))) readBlock(draft, { key, value, file });
  }
  return {
    ...source,
    backend: draft.backend ?? { type: 'local', config: {} },
    providers: draft.providers,
    variables: draft.variables,
    locals: draft.locals,
    outputs: draft.outputs,
    resources: [...draft.resources.values()],
    dataSources: [...draft.dataSources.values()],
  };
}

interface TopLevelBlock {
  readonly key: string;
  readonly value: JsonValue;
  readonly file: string;
}

function readBlock(draft: Draft, { key, value, file }: TopLevelBlock): void {
  if (WITHOUT_EFFECT.has(key)) return;
  const read = readers[key];
  if (read === undefined) {
    const known = Object.keys(readers).join(', ');
    throw new TerraformError(`${file}: the top-level block "${key}" is not supported. Supported are ${known}.`, {
      file,
    });
  }
  read(draft, value, file);
}

const readers: Readonly<Record<string, (draft: Draft, value: JsonValue, file: string) => void>> = Object.assign(
  Object.create(null),
  {
    terraform(draft: Draft, value: JsonValue, file: string) {
      for (const block of blocks(value, file, 'terraform')) {
        if (isObject(block.cloud)) draft.backend = { type: 'cloud', config: block.cloud };
        for (const backend of blocks(block.backend ?? {}, file, 'terraform.backend')) {
          for (const [type, config] of Object.entries(backend)) {
            draft.backend = { type, config: blocks(config, file, `terraform.backend.${type}`)[0] ?? {} };
          }
        }
      }
    },
    provider(draft: Draft, value: JsonValue, file: string) {
      for (const { name, body } of labelled(value, file, 'provider')) {
        const { alias, ...rest } = body;
        draft.providers.push({ name, alias: typeof alias === 'string' ? alias : undefined, arguments: rest, file });
      }
    },
    variable(draft: Draft, value: JsonValue, file: string) {
      for (const { name, body } of labelled(value, file, 'variable')) {
        const type = typeof body.type === 'string' ? body.type : undefined;
        declare(
          draft.variables,
          name,
          { type, default: body.default, sensitive: body.sensitive === true, file },
          `var.${name}`,
        );
      }
    },
    locals(draft: Draft, value: JsonValue, file: string) {
      for (const block of blocks(value, file, 'locals')) {
        for (const [name, local] of Object.entries(block))
          declare(draft.locals, name, { value: local, file }, `local.${name}`);
      }
    },
    output(draft: Draft, value: JsonValue, file: string) {
      for (const { name, body } of labelled(value, file, 'output')) {
        if (body.value === undefined)
          throw new TerraformError(`${file}: output.${name} has no value.`, { file, address: `output.${name}` });
        declare(draft.outputs, name, { value: body.value, file }, `output.${name}`);
      }
    },
    resource(draft: Draft, value: JsonValue, file: string) {
      for (const block of blocks(value, file, 'resource')) {
        for (const [type, named] of Object.entries(block)) {
          for (const { name, body } of labelled(named, file, `resource.${type}`)) {
            const address = `${draft.source.addressPrefix}${type}.${name}`;
            declare(
              draft.resources,
              `${type}.${name}`,
              readResource({ ...draft.source, stack: draft.source.name, type, name, address, body, file }),
              address,
            );
          }
        }
      }
    },
    data(draft: Draft, value: JsonValue, file: string) {
      for (const block of blocks(value, file, 'data')) {
        for (const [type, named] of Object.entries(block)) {
          for (const { name, body } of labelled(named, file, `data.${type}`)) {
            const address = `${draft.source.addressPrefix}data.${type}.${name}`;
            const dataSource: DataSource = {
              ...readResource({ ...draft.source, stack: draft.source.name, type, name, address, body, file }),
              mode: 'data',
            };
            declare(draft.dataSources, `${type}.${name}`, dataSource, address);
          }
        }
      }
    },
  },
);

/** Terraform JSON writes a block as an object, or as a list of objects when it is repeated. */
function blocks(value: JsonValue, file: string, where: string): readonly JsonObject[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map((block) => {
    if (!isObject(block))
      throw new TerraformError(`${file}: ${where} must be an object, not ${describe(block)}.`, { file });
    return block;
  });
}

/** The blocks of a block with one label, as `output.NAME`. The comment key `//` is no name. */
function labelled(
  value: JsonValue,
  file: string,
  where: string,
): readonly { readonly name: string; readonly body: JsonObject }[] {
  return blocks(value, file, where).flatMap((block) =>
    Object.entries(block)
      .filter(([name]) => name !== '//')
      .flatMap(([name, bodies]) => blocks(bodies, file, `${where}.${name}`).map((body) => ({ name, body }))),
  );
}

function declare<Declared extends { readonly file: string }>(
  into: Map<string, Declared>,
  key: string,
  declared: Declared,
  address: string,
): void {
  const earlier = into.get(key);
  if (earlier !== undefined) {
    const where =
      earlier.file === declared.file ? `twice in ${declared.file}` : `in ${earlier.file} and in ${declared.file}`;
    throw new TerraformError(`${address} is declared ${where}. Rename or remove one.`, {
      file: declared.file,
      address,
    });
  }
  into.set(key, declared);
}
