import type { JsonObject, JsonValue } from '../json.ts';
import type { StackEvaluator } from './evaluateStack.ts';
import { isObject } from './jsonFile.ts';
import type { Scope } from './language/interpret.ts';
import { BrokenReference } from './language/syntax.ts';
import { equal } from './language/values.ts';
import { fullName } from './references.ts';
import { didYouMean } from './suggest.ts';

export interface RemoteStateReference {
  readonly evaluator: StackEvaluator;
  readonly evaluators: ReadonlyMap<string, StackEvaluator>;
  /** The steps after `data`: `terraform_remote_state`, the name, `outputs`, the output. */
  readonly keys: readonly (string | number)[];
  /** The arguments of the data source. */
  readonly args: JsonValue;
  readonly text: string;
}

/**
 * An output of another stack. Terraform reads it from the state that the other stack's backend keeps; here the stack
 * with the same backend answers, or, since a state may be named in other ways, the one stack that has such an output.
 */
export function resolveRemoteState(reference: RemoteStateReference): ReturnType<Scope['resolve']> {
  const { keys, text } = reference;
  const name = fullName('data', keys.slice(0, 2));
  const output = keys[3];
  if (keys[2] !== 'outputs' || output === undefined) {
    throw new BrokenReference(`${text}, but of a remote state only single outputs can be used: ${name}.outputs.NAME`);
  }
  const target = stackByBackend(reference) ?? stackByOutput(reference, String(output));
  if (!target.stack.outputs.has(String(output))) {
    const hint = didYouMean(String(output), target.stack.outputs.keys());
    throw new BrokenReference(`${text}, but stack ${target.stack.name} has no output ${output}${hint}`);
  }
  return { value: target.output(String(output)), used: 4, name: fullName('data', keys.slice(0, 4)) };
}

function stackByBackend({ args, evaluators }: RemoteStateReference): StackEvaluator | undefined {
  const { backend, config } = args as JsonObject;
  return [...evaluators.values()].find(
    ({ stack }) => stack.backend.type === backend && isObject(config) && isSameState(stack.backend.config, config),
  );
}

/** A reader may leave out settings that only a writer needs, as the table of locks; what both give must be equal. */
function isSameState(written: JsonObject, read: JsonObject): boolean {
  const shared = Object.keys(read).filter((key) => Object.hasOwn(written, key));
  return IDENTIFYING.some((key) => shared.includes(key)) && shared.every((key) => equal(written[key], read[key]));
}

/** What tells one state from another in the backends that have files: local's path, S3's and others' key. */
const IDENTIFYING = ['path', 'key', 'prefix', 'address'] as const;

function stackByOutput({ text, evaluator, evaluators }: RemoteStateReference, output: string): StackEvaluator {
  const others = [...evaluators.values()].filter((other) => other !== evaluator);
  const holders = others.filter(({ stack }) => stack.outputs.has(output));
  const [holder] = holders;
  if (holder !== undefined && holders.length === 1) return holder;
  if (holders.length > 1) {
    const names = holders.map(({ stack }) => stack.name).join(', ');
    throw new BrokenReference(
      `${text}, but stacks ${names} all have this output, and none has the remote state's backend`,
    );
  }
  const hint = didYouMean(
    output,
    others.flatMap(({ stack }) => [...stack.outputs.keys()]),
  );
  throw new BrokenReference(`${text}, but no stack has this output${hint}`);
}
