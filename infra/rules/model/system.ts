import { isBlock, type Block, type Json, type TerraformDocument } from './json.ts';
import { interpolationsOf, referencesOf } from './template.ts';

/** One resource or data source of the synthesized Terraform. */
export interface Resource {
  readonly stack: string;
  readonly mode: 'resource' | 'data';
  readonly type: string;
  readonly id: string;
  /** As Terraform names it within the stack: `aws_sqs_queue.jobs`. */
  readonly address: string;
  /** The construct that made it: `api/queues/jobs`. */
  readonly path: string;
  readonly args: Block;
}

/** One stack: what its `cdk.tf.json` says. */
export interface Stack {
  readonly name: string;
  readonly document: TerraformDocument;
  readonly resources: readonly Resource[];
}

/** All the stacks of one stage at one rung. */
export interface System {
  readonly stage: string;
  readonly rung: string;
  /** When it was synthesized; API keys end by it. */
  readonly now: Date;
  readonly stacks: readonly Stack[];
  readonly resources: readonly Resource[];
  ofType(...types: readonly string[]): readonly Resource[];
  /** The resource, in whichever stack, that a value refers to and does nothing else; by the attribute that it takes. */
  follow(from: Resource, value: Json | undefined): Followed | undefined;
}

export interface Followed {
  readonly resource: Resource;
  readonly attribute: string;
}

export interface SystemInput {
  readonly stage: string;
  readonly rung: string;
  readonly now: Date;
  /** Stack name to its parsed `cdk.tf.json`. */
  readonly documents: ReadonlyMap<string, TerraformDocument>;
}

export function systemOf({ stage, rung, now, documents }: SystemInput): System {
  const stacks = [...documents].map(([name, document]) => ({ name, document, resources: resourcesOf(name, document) }));
  const resources = stacks.flatMap((stack) => stack.resources);
  const byType = Map.groupBy(
    resources.filter(({ mode }) => mode === 'resource'),
    ({ type }) => type,
  );
  const byName = new Map(resources.map((resource) => [`${resource.stack}/${resource.address}`, resource]));
  const find = (stack: string, value: Json | undefined): Followed | undefined => {
    const reference = soleReference(value);
    if (!reference) return undefined;
    const { address, path } = reference;
    if (!address.startsWith('data.terraform_remote_state.')) {
      const resource = byName.get(`${stack}/${address}`);
      return resource && { resource, attribute: path[0] ?? '' };
    }
    const producer = address.slice(address.lastIndexOf('.') + 1).replace(/^cross-stack-reference-input-/, '');
    return find(producer, outputOf(documents.get(producer), path[1] ?? ''));
  };
  return {
    stage,
    rung,
    now,
    stacks,
    resources,
    ofType: (...types) => types.flatMap((type) => byType.get(type) ?? []),
    follow: (from, value) => find(from.stack, value),
  };
}

/** The value of a stack's output. */
export function outputOf(document: TerraformDocument | undefined, name: string): Json | undefined {
  const outputs = document?.output ?? {};
  return Object.hasOwn(outputs, name) ? outputs[name]?.value : undefined;
}

function soleReference(value: Json | undefined) {
  if (typeof value !== 'string') return undefined;
  const [interpolation] = interpolationsOf(value);
  if (!interpolation?.whole) return undefined;
  const references = referencesOf(interpolation.expression);
  return references.length === 1 ? references[0] : undefined;
}

function resourcesOf(stack: string, document: TerraformDocument): Resource[] {
  return (['resource', 'data'] as const).flatMap((mode) =>
    Object.entries(document[mode] ?? {}).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, args]): Resource => {
        const address = mode === 'data' ? `data.${type}.${id}` : `${type}.${id}`;
        return { stack, mode, type, id, address, path: pathOf(args) ?? `${stack}/${address}`, args };
      }),
    ),
  );
}

function pathOf(args: Block): string | undefined {
  const comment = args['//'];
  const metadata = isBlock(comment) ? comment.metadata : undefined;
  const path = isBlock(metadata) ? metadata.path : undefined;
  return typeof path === 'string' ? path : undefined;
}
