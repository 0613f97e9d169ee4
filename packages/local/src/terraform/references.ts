import type { JsonValue } from '../json.ts';
import type { StackEvaluator } from './evaluateStack.ts';
import type { Instance } from './instances.ts';
import { nameOf, type Scope } from './language/interpret.ts';
import { BrokenReference, ExpressionError } from './language/syntax.ts';
import { resolveRemoteState } from './remoteState.ts';
import { didYouMean } from './suggest.ts';

export interface ResolverContext {
  readonly evaluator: StackEvaluator;
  /** The instance whose arguments hold the reference, where `count` or `for_each` make it. */
  readonly instance?: Instance;
  readonly evaluators: ReadonlyMap<string, StackEvaluator>;
}

type Keys = readonly (string | number)[];
type Resolved = ReturnType<Scope['resolve']>;
type Root = (keys: Keys, context: ResolverContext) => Resolved;

/** Resolves the beginning of a reference, from inside one stack. */
export function createResolver(context: ResolverContext): Scope['resolve'] {
  return (root, keys) => {
    const resolve = roots.get(root);
    if (resolve !== undefined) return resolve(keys, context);
    if (keys.length === 0)
      throw new BrokenReference(
        `"${root}", which is neither an attribute (type.name.attribute) nor a string in quotes`,
      );
    const name = String(keys[0]);
    const value = context.evaluator.block({ mode: 'managed', type: root, name, text: fullName(root, keys) });
    return { value, used: 1, name: fullName(root, [name]) };
  };
}

/** `aws_iam_role.reader["a"].arn` */
export function fullName(root: string, keys: Keys): string {
  return keys.reduce<string>((name, key) => nameOf(name, key), root);
}

/** The names a reference may begin with that are no type of resource. */
const roots: ReadonlyMap<string, Root> = new Map<string, Root>([
  ['var', (keys, { evaluator }) => named('var', keys, (name) => evaluator.variable(name))],
  ['local', (keys, { evaluator }) => named('local', keys, (name) => evaluator.local(name))],
  ['data', resolveData],
  ['path', (keys, { evaluator }) => among('path', keys, { module: '.', root: '.', cwd: evaluator.stack.directory })],
  ['terraform', (keys) => among('terraform', keys, { workspace: 'default' })],
  [
    'count',
    (keys, { instance }) => among('count', keys, typeof instance?.key === 'number' ? { index: instance.key } : {}),
  ],
  [
    'each',
    (keys, { instance }) =>
      among(
        'each',
        keys,
        typeof instance?.key === 'string' ? { key: instance.key, value: instance.value ?? null } : {},
      ),
  ],
  ['module', notSupported('a module')],
  ['self', notSupported('"self"')],
]);

function resolveData(keys: Keys, { evaluator, evaluators }: ResolverContext): Resolved {
  const text = fullName('data', keys);
  const [type, name] = keys;
  if (type === undefined || name === undefined)
    throw new BrokenReference(`${text}, which names no data source: they are data.type.name`);
  const value = evaluator.block({ mode: 'data', type: String(type), name: String(name), text });
  if (type === 'terraform_remote_state') return resolveRemoteState({ evaluator, evaluators, keys, args: value, text });
  return { value, used: 2, name: fullName('data', [type, name]) };
}

function named(root: string, keys: Keys, lookUp: (name: string) => JsonValue): Resolved {
  const [name] = keys;
  if (name === undefined) throw new BrokenReference(`"${root}" without a name after it`);
  return { value: lookUp(String(name)), used: 1, name: fullName(root, [name]) };
}

function among(root: string, keys: Keys, values: Readonly<Record<string, JsonValue>>): Resolved {
  return named(root, keys, (name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) return value;
    const hint =
      Object.keys(values).length === 0
        ? ', which has no value here'
        : `, which does not exist${didYouMean(name, Object.keys(values))}`;
    throw new BrokenReference(`${fullName(root, [name])}${hint}`);
  });
}

function notSupported(what: string): Root {
  return () => {
    throw new ExpressionError(`${what} cannot be referred to here`);
  };
}
