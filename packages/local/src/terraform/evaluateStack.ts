import { readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Provider, Resource, Stack } from './configuration.ts';
import { answerWithoutService } from './dataSources.ts';
import type { EvaluatedProvider, EvaluatedResource, EvaluateOptions } from './evaluate.ts';
import { instancesOf, type Instance } from './instances.ts';
import type { Scope } from './language/interpret.ts';
import { BrokenReference } from './language/syntax.ts';
import { toBoolean, toNumber, toText } from './language/values.ts';
import type { Memory } from './memory.ts';
import { evaluateObject, evaluateValue, translating, type Place } from './place.ts';
import { createResolver, fullName } from './references.ts';
import { resolveAsset } from './resolveAsset.ts';
import { didYouMean } from './suggest.ts';

/** Evaluates the blocks of one stack as they are referred to. */
export interface StackEvaluator {
  readonly stack: Stack;
  /** A resource or data source as references see it: an object, or a list or map of them. */
  block(reference: BlockReference): JsonValue;
  variable(name: string): JsonValue;
  local(name: string): JsonValue;
  output(name: string): JsonValue;
  providers(): readonly EvaluatedProvider[];
  /** Evaluates what nothing has referred to. */
  evaluateAll(): void;
}

export interface BlockReference {
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  /** The reference as it is written, for messages. */
  readonly text: string;
}

export interface StackContext {
  readonly stack: Stack;
  readonly options: EvaluateOptions;
  readonly memory: Memory;
  readonly evaluators: ReadonlyMap<string, StackEvaluator>;
  /** Told of each resource as soon as it is evaluated. */
  readonly found: (resource: EvaluatedResource) => void;
}

export function createStackEvaluator(context: StackContext): StackEvaluator {
  const { stack, memory } = context;
  const resources = new Map(stack.resources.map((block) => [`${block.type}.${block.name}`, block]));
  const dataSources = new Map(stack.dataSources.map((block) => [`${block.type}.${block.name}`, block]));

  const scopeAt = (place: Place, instance?: Instance): Scope => ({
    resolve: createResolver({ evaluator, instance, evaluators: context.evaluators }),
    readFile: (path) => readFileSync(resolveAsset({ ...place, directory: stack.directory }, path)),
  });

  const evaluateInstance = (block: Resource, instance: Instance): JsonObject => {
    const address = `${block.address}${instance.suffix}`;
    const place: Place = { address, file: block.file };
    const args = evaluateObject(block.arguments, place, scopeAt(place, instance));
    if ('mode' in block) return args;
    const attributes = { ...args, ...context.options.attributes({ ...block, address }, args) };
    context.found({ ...block, address, key: instance.key, args, attributes });
    return attributes;
  };

  const evaluateBlock = (block: Resource): JsonValue =>
    memory.once(block.address, () => {
      for (const reference of block.meta.dependsOn) evaluateDependency(block, reference);
      return instancesOf(block, {
        evaluate: (value, place) => evaluateValue(value, place, scopeAt(place)),
        instance: (instance) => evaluateInstance(block, instance),
      });
    });

  const evaluateDependency = (block: Resource, reference: string): void => {
    const parts = reference.split('.');
    const mode = parts[0] === 'data' ? 'data' : 'managed';
    const [type = '', name = ''] = mode === 'data' ? parts.slice(1) : parts;
    const place: Place = { address: `${block.address}.depends_on`, file: block.file };
    translating(place, () => find({ mode, type, name: name.replace(/\[.*$/s, ''), text: reference }));
  };

  const find = ({ mode, type, name, text }: BlockReference): JsonValue => {
    const blocks = mode === 'data' ? dataSources : resources;
    const block = blocks.get(`${type}.${name}`);
    if (block !== undefined) return evaluateBlock(block);
    const siblings = [...blocks.values()].filter((candidate) => candidate.type === type);
    const hint =
      siblings.length > 0
        ? didYouMean(
            name,
            siblings.map((sibling) => sibling.name),
          )
        : didYouMean(
            type,
            [...blocks.values()].map((candidate) => candidate.type),
          );
    throw new BrokenReference(`${text}, which does not exist${hint}`);
  };

  const evaluator: StackEvaluator = {
    stack,
    block(reference) {
      const value = find(reference);
      const block = reference.mode === 'data' ? dataSources.get(`${reference.type}.${reference.name}`) : undefined;
      if (block === undefined || block.type === 'terraform_remote_state') return value;
      return memory.once(`${block.address} (answer)`, () =>
        mapInstances(block, value, (args) => ({
          ...args,
          ...(answerWithoutService(block, args, context.options.account) ?? context.options.dataSource(block, args)),
        })),
      );
    },
    variable(name) {
      const variable = stack.variables.get(name);
      if (variable === undefined) throw missing('var', name, stack.variables.keys());
      if (variable.default === undefined && variable.sensitive) return SECRET_OF_ELSEWHERE;
      if (variable.default === undefined)
        throw new BrokenReference(`var.${name}, which has no default. Give it one: nothing asks for values here`);
      return converted(variable.default, variable.type, name);
    },
    local(name) {
      const local = stack.locals.get(name);
      if (local === undefined) throw missing('local', name, stack.locals.keys());
      const place: Place = { address: `${stack.addressPrefix}local.${name}`, file: local.file };
      return memory.once(place.address, () => evaluateValue(local.value, place, scopeAt(place)));
    },
    output(name) {
      const output = stack.outputs.get(name);
      if (output === undefined) throw missing('output', name, stack.outputs.keys());
      const place: Place = { address: `${stack.addressPrefix}output.${name}`, file: output.file };
      return memory.once(place.address, () => evaluateValue(output.value, place, scopeAt(place)));
    },
    providers: () => stack.providers.map((provider) => evaluateProvider(provider)),
    evaluateAll() {
      for (const name of stack.locals.keys()) evaluator.local(name);
      for (const block of [...stack.dataSources, ...stack.resources]) evaluateBlock(block);
    },
  };

  const evaluateProvider = (provider: Provider): EvaluatedProvider => {
    const { name, alias, file } = provider;
    const place: Place = {
      address: `${stack.addressPrefix}provider.${fullName(name, alias === undefined ? [] : [alias])}`,
      file,
    };
    return { stack: stack.name, name, alias, args: evaluateObject(provider.arguments, place, scopeAt(place)) };
  };

  return evaluator;
}

function missing(root: string, name: string, candidates: Iterable<string>): BrokenReference {
  return new BrokenReference(`${fullName(root, [name])}, which does not exist${didYouMean(name, candidates)}`);
}

/** Applies a change to each object of a block's value, which `count` and `for_each` put into a list or a map. */
function mapInstances(block: Resource, value: JsonValue, change: (object: JsonObject) => JsonObject): JsonValue {
  if (block.meta.count !== undefined) return (value as JsonObject[]).map(change);
  if (block.meta.forEach === undefined) return change(value as JsonObject);
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, object]) => [key, change(object as JsonObject)]),
  );
}

/** What secrets of other services are here, where these are stood in for: so that nobody has to have them. */
const SECRET_OF_ELSEWHERE = 'a secret that is not on this machine';

/** A variable's default takes the variable's type. Terraform JSON writes types as text. */
function converted(value: JsonValue, type: string | undefined, name: string): JsonValue {
  const what = `the default of var.${name}`;
  if (value === null) return null;
  if (type === 'string') return toText(value, what);
  if (type === 'number') return toNumber(value, what);
  if (type === 'bool') return toBoolean(value, what);
  return value;
}
