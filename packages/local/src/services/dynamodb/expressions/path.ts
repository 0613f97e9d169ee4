import { own } from '../attributeValue.ts';
import { expressionError, type ExpressionKind } from './lexer.ts';
import type { AttributeValue, Item } from '../model.ts';

/** A document path with its names looked up: attribute and map names, and list indexes. */
export type Path = readonly (string | number)[];

export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value = own(item, path[0] as string);
  for (let i = 1; i < path.length && value !== undefined; i += 1) {
    const step = path[i] as string | number;
    if (typeof step === 'number') value = 'L' in value ? value.L[step] : undefined;
    else value = 'M' in value ? own(value.M, step) : undefined;
  }
  return value;
}

/** As DynamoDB's messages print a path: `[a, [0], b]`. */
export function showPath(path: Path): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}

/** Refuses paths of which one contains another, and paths that take one attribute for a list and a map. */
export function checkDisjoint(kind: ExpressionKind, paths: readonly Path[]): void {
  for (let second = 1; second < paths.length; second += 1) {
    for (let first = 0; first < second; first += 1) {
      const fault = collision(paths[first] as Path, paths[second] as Path);
      if (fault) throw expressionError(kind, fault);
    }
  }
}

function collision(one: Path, two: Path): string | null {
  for (let i = 0; i < one.length && i < two.length; i += 1) {
    if (typeof one[i] !== typeof two[i]) return describe('conflict', one, two);
    if (one[i] !== two[i]) return null;
  }
  return describe('overlap', one, two);
}

function describe(fault: 'conflict' | 'overlap', one: Path, two: Path): string {
  const paths = `path one: ${showPath(one)}, path two: ${showPath(two)}`;
  return `Two document paths ${fault} with each other; must remove or rewrite one of these paths; ${paths}`;
}
