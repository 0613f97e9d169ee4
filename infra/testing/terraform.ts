import type { OutputFiles } from '../synthesize.ts';
import type { Block, Json } from '../targets.ts';

export type { Block } from '../targets.ts';

/** One resource of the synthesized Terraform. */
export interface Resource {
  readonly stack: string;
  readonly type: string;
  readonly id: string;
  readonly args: Block;
}

/** All resources of all stacks. */
export function resourcesOf(files: OutputFiles): Resource[] {
  return [...files].flatMap(([path, content]) => {
    const [, stack] = /^stacks\/(\w+)\/cdk\.tf\.json$/.exec(path) ?? [];
    if (!stack) return [];
    const document = JSON.parse(Buffer.from(content).toString()) as { resource: Record<string, Record<string, Block>> };
    return Object.entries(document.resource).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, args]) => ({ stack, type, id, args })),
    );
  });
}

export function ofType(resources: readonly Resource[], type: string): Resource[] {
  return resources.filter((resource) => resource.type === type);
}

export function argsOf(resources: readonly Resource[], address: string): Block {
  const found = resources.find(({ type, id }) => `${type}.${id}` === address);
  if (!found) throw new Error(`There is no ${address}.`);
  return found.args;
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Principal?: Json;
  readonly Condition?: Json;
}

export function statementsOf(document: Json | undefined): Statement[] {
  return (JSON.parse(String(document)) as { Statement: Statement[] }).Statement;
}

/** A string as Terraform reads it. Refuses a template, which code and schema must not have. */
export function readLiteral(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const [first, second, third] = [text[at], text[at + 1], text[at + 2]];
    const opens = first === '$' || first === '%';
    if (opens && second === first && third === '{') {
      result += `${first}{`;
      at += 2;
    } else if (opens && second === '{') {
      throw new Error(`A template opens at ${at}: ${text.slice(at, at + 20)}`);
    } else {
      result += first;
    }
  }
  return result;
}
