import { type ASTNode, parse, visit } from 'graphql';

/** Changes of one file's text. Each throws when there is nothing to change, so that no case passes by doing nothing. */
export interface Edit {
  readonly file: string;
  readonly apply: (text: string) => string;
}

export const replace = (file: string, from: string | RegExp, to: string): Edit => ({
  file,
  apply(text) {
    const changed = text.replace(from, () => to);
    if (changed === text) throw new Error(`${file} has no ${String(from)}`);
    return changed;
  },
});

export const append = (file: string, more: string): Edit => ({ file, apply: (text) => `${text}\n${more}\n` });

export const create = (file: string, text: string): Edit => ({ file, apply: () => text });

/** An empty text: the file goes. */
export const remove = (file: string): Edit => ({ file, apply: () => '' });

/** Takes out `Post.body`, `Post.comments.order`, `PostVisibility.PUBLIC`, with its description. */
export const drop = (file: string, coordinate: string): Edit => ({
  file,
  apply(text) {
    const { start, end } = locationOf(file, text, coordinate);
    return text.slice(0, start) + text.slice(end);
  },
});

/** Puts a member, with its description, before all others of a type or after `(` of a field's arguments. */
export const add = (file: string, coordinate: string, member: string): Edit => ({
  file,
  apply(text) {
    const { start } = firstMember(file, text, coordinate);
    return `${text.slice(0, start)}${member}\n  ${text.slice(start)}`;
  },
});

/** Changes the text of one member or type only. */
export const within = (file: string, coordinate: string, from: string | RegExp, to: string): Edit => ({
  file,
  apply(text) {
    const { start, end } = locationOf(file, text, coordinate);
    const before = text.slice(start, end);
    const after = before.replace(from, () => to);
    if (before === after) throw new Error(`${coordinate} has no ${String(from)}`);
    return text.slice(0, start) + after + text.slice(end);
  },
});

interface Place {
  readonly start: number;
  readonly end: number;
}

function locationOf(file: string, text: string, coordinate: string): Place {
  const node = nodeAt(text, coordinate.split('.'));
  if (!node?.loc) throw new Error(`${file} has no ${coordinate}`);
  return { start: node.loc.start, end: node.loc.end };
}

function firstMember(file: string, text: string, coordinate: string): Place {
  const node = nodeAt(text, coordinate.split('.'));
  const members =
    node &&
    ('fields' in node ? node.fields : 'arguments' in node ? node.arguments : 'values' in node ? node.values : []);
  const [first] = (members ?? []) as readonly ASTNode[];
  if (!first?.loc) throw new Error(`${file} has no members in ${coordinate}`);
  return { start: first.loc.start, end: first.loc.end };
}

/** Of a type that is extended in several files, what the file says of it. */
function nodeAt(text: string, [type = '', ...members]: readonly string[]): ASTNode | undefined {
  let found: ASTNode | undefined;
  visit(parse(text), {
    enter(node) {
      if (!/Definition$|Extension$/.test(node.kind) || !('name' in node) || node.name?.value !== type) return undefined;
      if (/FieldDefinition|InputValueDefinition|EnumValueDefinition/.test(node.kind)) return undefined;
      found ??= members.reduce<ASTNode | undefined>(memberOf, node);
      return false;
    },
  });
  return found;
}

function memberOf(node: ASTNode | undefined, name: string): ASTNode | undefined {
  const members = [
    ...(node && 'fields' in node ? (node.fields ?? []) : []),
    ...(node && 'arguments' in node ? (node.arguments ?? []) : []),
    ...(node && 'values' in node ? (node.values ?? []) : []),
  ] as readonly ASTNode[];
  return members.find((member) => 'name' in member && member.name?.value === name);
}
