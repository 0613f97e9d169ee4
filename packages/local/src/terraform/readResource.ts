import type { JsonObject, JsonValue } from '../json.ts';
import type { MetaArguments, Resource } from './configuration.ts';
import { TerraformError } from './error.ts';
import { isObject } from './jsonFile.ts';

export interface ResourceSource {
  readonly stack: string;
  readonly directory: string;
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly body: JsonObject;
  readonly file: string;
}

/** Parts of a resource that have no meaning on a laptop, and that would change the result if they were passed over. */
const REFUSED: Readonly<Record<string, string>> = {
  provisioner: 'Provisioners run commands on machines; nothing here does.',
  connection: 'Provisioners run commands on machines; nothing here does.',
};

/** Takes a resource's or data source's block apart: comment, meta-arguments, arguments. */
export function readResource(source: ResourceSource): Resource {
  const { stack, type, name, address, body, file, directory } = source;
  const { '//': comment, count, for_each: forEach, depends_on: dependsOn, provider, lifecycle, ...rest } = body;
  for (const [key, reason] of Object.entries(REFUSED)) {
    if (Object.hasOwn(rest, key)) {
      throw new TerraformError(`${address} uses "${key}", which is not supported. ${reason}`, { address, file });
    }
  }
  refuseDynamic(rest, { address, file });
  if (count !== undefined && forEach !== undefined) {
    throw new TerraformError(`${address} uses both "count" and "for_each". Terraform allows one of them.`, {
      address,
      file,
    });
  }
  const meta: MetaArguments = {
    count,
    forEach,
    dependsOn: references(dependsOn, address, file),
    provider: typeof provider === 'string' ? provider.replace(/^\$\{(.*)\}$/s, '$1') : undefined,
    lifecycle,
  };
  return {
    stack,
    type,
    name,
    address,
    constructPath: constructPathOf(comment),
    arguments: rest,
    meta,
    file,
    directory,
  };
}

function constructPathOf(comment: JsonValue | undefined): string | undefined {
  const metadata = isObject(comment) ? comment.metadata : undefined;
  return isObject(metadata) && typeof metadata.path === 'string' ? metadata.path : undefined;
}

function references(dependsOn: JsonValue | undefined, address: string, file: string): readonly string[] {
  if (dependsOn === undefined || dependsOn === null) return [];
  if (!Array.isArray(dependsOn) || !dependsOn.every((reference) => typeof reference === 'string')) {
    throw new TerraformError(`${address}.depends_on must be a list of references, as "aws_iam_role.reader".`, {
      address,
      file,
    });
  }
  return dependsOn.map((reference) => reference.replace(/^\$\{(.*)\}$/s, '$1'));
}

/** A `dynamic` block may stand at any depth; a map may well have a key of that name, but no such content. */
function refuseDynamic(value: JsonValue, location: { readonly address: string; readonly file: string }): void {
  if (typeof value !== 'object' || value === null) return;
  const { dynamic } = value as JsonObject;
  if (
    isObject(dynamic) &&
    Object.values(dynamic)
      .flat()
      .some((block) => isObject(block) && Object.hasOwn(block, 'for_each'))
  ) {
    throw new TerraformError(
      `${location.address} uses "dynamic", which is not supported. Write the blocks out: the program that generates the JSON can loop.`,
      location,
    );
  }
  for (const part of Object.values(value)) refuseDynamic(part, location);
}
