import { own, setOwn } from '../attributeValue.ts';
import type { AttributeValue, Item } from '../model.ts';
import { checkDisjoint, type Path } from './path.ts';
import type { Scope } from './scope.ts';
import type { PathSyntax } from './syntax.ts';

export interface Projector {
  readonly paths: readonly Path[];
  /** A new item with what the paths reach. */
  project(item: Item): Item;
}

/** Which parts of a value are wanted: all of it, or those under these steps. */
type Wanted = 'all' | Map<string | number, Wanted>;

export function bindProjection(syntax: readonly PathSyntax[], scope: Scope): Projector {
  const paths = syntax.map((path) => scope.path('ProjectionExpression', path));
  checkDisjoint('ProjectionExpression', paths);
  return projectorOf(paths);
}

/** A projector of disjoint paths. */
export function projectorOf(paths: readonly Path[]): Projector {
  const root = new Map<string | number, Wanted>();
  for (const path of paths) insert(root, path);
  return { paths, project: (item) => projectMap(item, root) ?? {} };
}

/** A new item with only these attributes. */
export function pick(item: Item, names: Iterable<string>): Item {
  const picked: Item = {};
  for (const name of names) {
    const value = own(item, name);
    if (value) setOwn(picked, name, value);
  }
  return picked;
}

function insert(root: Map<string | number, Wanted>, path: Path): void {
  let node = root;
  path.forEach((step, index) => {
    if (index === path.length - 1) {
      node.set(step, 'all');
      return;
    }
    const known = node.get(step);
    const child = known instanceof Map ? known : new Map<string | number, Wanted>();
    node.set(step, child);
    node = child;
  });
}

function projectMap(item: Item, wanted: Map<string | number, Wanted>): Item | undefined {
  let picked: Item | undefined;
  for (const [name, part] of wanted) {
    const value = typeof name === 'string' ? own(item, name) : undefined;
    const found = value && projectValue(value, part);
    if (found) setOwn((picked ??= {}), name as string, found);
  }
  return picked;
}

function projectValue(value: AttributeValue, wanted: Wanted): AttributeValue | undefined {
  if (wanted === 'all') return value;
  if ('M' in value) {
    const map = projectMap(value.M, wanted);
    return map && { M: map };
  }
  if (!('L' in value)) return undefined;
  // The elements keep their order and close up: `a[2], a[0]` gives the list of a[0] and a[2].
  const indexes = [...wanted.keys()].filter((step) => typeof step === 'number').sort((a, b) => a - b);
  const list = indexes.flatMap((index) => {
    const element = value.L[index];
    return (element && projectValue(element, wanted.get(index) as Wanted)) ?? [];
  });
  return list.length > 0 ? { L: list } : undefined;
}
