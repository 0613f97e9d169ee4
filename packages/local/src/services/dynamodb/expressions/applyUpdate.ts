import { own, setOwn, typeOf } from '../attributeValue.ts';
import { validationError } from '../errors.ts';
import type { AttributeValue, Item } from '../model.ts';
import { addNumbers, subtractNumbers } from '../number.ts';
import { valueAt, type Path } from './path.ts';
import type { Assigned, Update } from './update.ts';

/** The set types, whose members can be added and deleted. */
const SETS = ['SS', 'NS', 'BS'] as const;

/**
 * The item after the update. Every operand is read from `item`, which stays as it is; the new one shares with it what
 * the update does not touch.
 */
export function applyUpdate(item: Item, update: Update): Item {
  const draft = openDraft(item);
  for (const { path, value } of update.set) draft.put(path, evaluate(item, value));
  for (const path of update.remove) draft.remove(path);
  for (const { path, value } of update.add) draft.put(path, add(valueAt(item, path), value));
  for (const { path, value } of update.delete) {
    const left = subtract(valueAt(item, path), value);
    if (left === 'empty') draft.remove(path);
    else if (left) draft.put(path, left);
  }
  return draft.finish();
}

function evaluate(item: Item, assigned: Assigned): AttributeValue {
  switch (assigned.kind) {
    case 'value':
      return assigned.value;
    case 'path': {
      const value = valueAt(item, assigned.path);
      if (value) return value;
      throw validationError('The provided expression refers to an attribute that does not exist in the item');
    }
    case 'if_not_exists':
      return valueAt(item, assigned.path) ?? evaluate(item, assigned.otherwise);
    case 'list_append': {
      const [left, right] = [evaluate(item, assigned.left), evaluate(item, assigned.right)];
      if ('L' in left && 'L' in right) return { L: [...left.L, ...right.L] };
      throw incorrectType();
    }
    default: {
      const [left, right] = [evaluate(item, assigned.left), evaluate(item, assigned.right)];
      if (!('N' in left) || !('N' in right)) throw incorrectType();
      return { N: assigned.kind === '+' ? addNumbers(left.N, right.N) : subtractNumbers(left.N, right.N) };
    }
  }
}

function add(existing: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (!existing) return value;
  if ('N' in existing && 'N' in value) return { N: addNumbers(existing.N, value.N) };
  const [type, old, added] = sameSets(existing, value);
  return { [type]: [...new Set([...old, ...added])] } as AttributeValue;
}

function subtract(existing: AttributeValue | undefined, value: AttributeValue): AttributeValue | 'empty' | undefined {
  if (!existing) return undefined;
  const [type, old, deleted] = sameSets(existing, value);
  const left = old.filter((member) => !deleted.includes(member));
  // A set cannot be empty: with its last member the attribute goes.
  return left.length === 0 ? 'empty' : ({ [type]: left } as AttributeValue);
}

function sameSets(existing: AttributeValue, value: AttributeValue): [string, readonly string[], readonly string[]] {
  const type = SETS.find((set) => set === typeOf(existing) && set in value);
  if (!type) throw incorrectType();
  const [old, other] = [existing, value] as [Record<string, string[]>, Record<string, string[]>];
  return [type, old[type] as string[], other[type] as string[]];
}

function incorrectType(): Error {
  return validationError('An operand in the update expression has an incorrect data type');
}

interface Draft {
  put(path: Path, value: AttributeValue): void;
  remove(path: Path): void;
  finish(): Item;
}

/** A list under change; removed elements leave holes until the end, since all indexes mean the list before the update. */
type OpenList = (AttributeValue | undefined)[];

function openDraft(item: Item): Draft {
  const root: Item = { ...item };
  const owned = new Set<object>([root]);
  const lists = new Set<OpenList>();
  /** What is set beyond a list's end goes to its end, in the order of the indexes. */
  const appended: { readonly list: OpenList; readonly index: number; readonly value: AttributeValue }[] = [];

  /** The map or list that holds the path's last step, copied once. */
  function holderOf(path: Path): Item | OpenList | null {
    let holder: Item | OpenList = root;
    for (const step of path.slice(0, -1)) {
      const child: AttributeValue | undefined = Array.isArray(holder)
        ? holder[step as number]
        : own(holder, step as string);
      const opened: AttributeValue | null = child ? openContainer(child) : null;
      if (!opened) return null;
      if (Array.isArray(holder)) holder[step as number] = opened;
      else setOwn(holder, step as string, opened);
      holder = 'L' in opened ? opened.L : (opened as { M: Item }).M;
    }
    const last = path[path.length - 1];
    return Array.isArray(holder) === (typeof last === 'number') ? holder : null;
  }

  function openContainer(value: AttributeValue): AttributeValue | null {
    if (owned.has(value)) return value;
    if (!('L' in value) && !('M' in value)) return null;
    const copy = 'L' in value ? { L: [...value.L] } : { M: { ...value.M } };
    owned.add(copy);
    if ('L' in copy) lists.add(copy.L as OpenList);
    return copy as AttributeValue;
  }

  function holderFor(path: Path): Item | OpenList {
    const holder = holderOf(path);
    if (holder) return holder;
    throw validationError('The document path provided in the update expression is invalid for update');
  }

  return {
    put(path, value) {
      const holder = holderFor(path);
      const last = path[path.length - 1];
      if (!Array.isArray(holder)) setOwn(holder, last as string, value);
      else if ((last as number) < holder.length) holder[last as number] = value;
      else appended.push({ list: holder, index: last as number, value });
    },
    remove(path) {
      const holder = holderFor(path);
      const last = path[path.length - 1];
      if (!Array.isArray(holder)) delete holder[last as string];
      else if ((last as number) < holder.length) holder[last as number] = undefined;
    },
    finish() {
      for (const list of lists) closeUp(list);
      appended.sort((one, other) => one.index - other.index);
      for (const { list, value } of appended) list.push(value);
      return root;
    },
  };
}

function closeUp(list: OpenList): void {
  const kept = list.filter((element) => element !== undefined);
  list.length = 0;
  for (const element of kept) list.push(element);
}
