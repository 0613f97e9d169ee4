import type { Account } from '../aws/account.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Configuration, DataSource, Resource } from './configuration.ts';
import { createStackEvaluator, type StackEvaluator } from './evaluateStack.ts';
import { createMemory } from './memory.ts';

export interface EvaluateOptions {
  readonly account: Account;
  /**
   * What AWS would add to a resource's arguments ("known after apply"): `arn`, `id`, and so on. Called once per
   * instance, after everything it refers to.
   */
  attributes(resource: Resource, args: JsonObject): JsonObject;
  /** The attributes of a data source, when something refers to it and it is none that needs no service to answer. */
  dataSource(data: DataSource, args: JsonObject): JsonObject;
}

/** A resource, or one of its instances when it uses `count` or `for_each`, with every reference resolved. */
export interface EvaluatedResource extends Resource {
  /** `count.index` or `each.key` of an instance. */
  readonly key?: string | number;
  readonly args: JsonObject;
  /** What references to it see: the arguments, and over them what AWS adds. */
  readonly attributes: JsonObject;
}

export interface EvaluatedProvider {
  readonly stack: string;
  readonly name: string;
  readonly alias?: string;
  readonly args: JsonObject;
}

export interface Evaluated {
  /** A resource comes after what it refers to, and after what its `depends_on` names. */
  readonly resources: readonly EvaluatedResource[];
  /** By the name of the stack. */
  readonly outputs: ReadonlyMap<string, JsonObject>;
  readonly providers: readonly EvaluatedProvider[];
}

/**
 * Resolves every expression of a configuration, across stacks.
 *
 * @throws TerraformError naming the address that refers and the address it refers to, for a reference to nothing, a
 * circle of references, or an expression that is not supported.
 */
export function evaluate(configuration: Configuration, options: EvaluateOptions): Evaluated {
  const resources: EvaluatedResource[] = [];
  const evaluators = new Map<string, StackEvaluator>();
  const memory = createMemory();
  for (const stack of configuration.stacks) {
    const found = (resource: EvaluatedResource): void => void resources.push(resource);
    evaluators.set(stack.name, createStackEvaluator({ stack, options, memory, evaluators, found }));
  }
  const outputs = new Map<string, JsonObject>();
  const providers: EvaluatedProvider[] = [];
  for (const stack of configuration.stacks) {
    const evaluator = evaluators.get(stack.name);
    if (evaluator === undefined) continue;
    evaluator.evaluateAll();
    providers.push(...evaluator.providers());
    const values = [...stack.outputs.keys()].map((name): [string, JsonValue] => [name, evaluator.output(name)]);
    outputs.set(stack.name, Object.fromEntries(values));
  }
  return { resources, outputs, providers };
}
