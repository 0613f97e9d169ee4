import type * as acorn from 'acorn';

/** A node seen generically: every ESTree node has a type and offsets, the rest is read after narrowing. */
export type Node = acorn.AnyNode;
export type FunctionNode = acorn.FunctionDeclaration | acorn.FunctionExpression | acorn.ArrowFunctionExpression;

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'ArrowFunctionExpression'
  );
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The direct children in source order. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) children.push(...value.filter(isNode));
  }
  return children.sort((a, b) => a.start - b.start);
}

/** Every node of a module in source order, and the way up from each. */
export interface SyntaxTree {
  readonly program: acorn.Program;
  readonly nodes: readonly Node[];
  parentOf(node: Node): Node | undefined;
  /** The nearest function around a node, itself excluded; undefined at module level. */
  functionAround(node: Node): FunctionNode | undefined;
}

export function indexTree(program: acorn.Program): SyntaxTree {
  const nodes: Node[] = [];
  const parents = new Map<Node, Node>();
  // A stack instead of recursion: a deeply nested expression must not end this process.
  const waiting: Node[] = [program];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node);
    for (const child of childrenOf(node).reverse()) {
      // `{ a }` and `export { a }` hold one node twice.
      if (parents.has(child)) continue;
      parents.set(child, node);
      waiting.push(child);
    }
  }
  return {
    program,
    nodes,
    parentOf: (node) => parents.get(node),
    functionAround(node) {
      let parent = parents.get(node);
      while (parent && !isFunction(parent)) parent = parents.get(parent);
      return parent;
    },
  };
}

/** The name of `a.name` or `a['name']`; undefined when it is computed. */
export function propertyName(member: acorn.MemberExpression): string | undefined {
  if (member.property.type === 'Literal') return String(member.property.value);
  if (member.computed || member.property.type !== 'Identifier') return undefined;
  return member.property.name;
}
