import type * as acorn from 'acorn';

import { type FunctionNode, isFunction, type Node, type SyntaxTree } from '../syntaxTree.ts';

/** A declared name. */
export interface Binding {
  readonly name: string;
  /** The function it names, when it is declared as one or initialised with one. */
  readonly functionNode?: FunctionNode;
  /** The expression it starts with. */
  readonly initial?: Node;
}

export interface Bindings {
  /** What an identifier means; undefined for a global or a property name. */
  resolve(identifier: acorn.Identifier): Binding | undefined;
  /** The binding that a node declares under this name (a function and its parameter). */
  declaredBy(scope: Node, name: string): Binding | undefined;
}

/** Resolves names as JavaScript does in strict mode. */
export function findBindings(tree: SyntaxTree): Bindings {
  const scopes = new Map<Node, Map<string, Binding>>();
  const declare = (scope: Node, binding: Binding): void => {
    const names = scopes.get(scope) ?? new Map<string, Binding>();
    scopes.set(scope, names);
    // The first declaration counts: `var a` twice is one variable.
    if (!names.has(binding.name)) names.set(binding.name, binding);
  };
  for (const node of tree.nodes) declareNode(node, tree, declare);

  return {
    declaredBy: (scope, name) => scopes.get(scope)?.get(name),
    resolve(identifier) {
      if (isPropertyKey(identifier, tree)) return undefined;
      for (let scope: Node | undefined = identifier; scope; scope = tree.parentOf(scope)) {
        const binding = scopes.get(scope)?.get(identifier.name);
        if (binding) return binding;
      }
      return undefined;
    },
  };
}

type Declare = (scope: Node, binding: Binding) => void;

function declareNode(node: Node, tree: SyntaxTree, declare: Declare): void {
  if (node.type === 'VariableDeclaration') declareVariables(node, tree, declare);
  if (node.type === 'FunctionDeclaration' && node.id) {
    declare(blockAround(node, tree), { name: node.id.name, functionNode: node });
  }
  if (node.type === 'FunctionExpression' && node.id) declare(node, { name: node.id.name, functionNode: node });
  if (isFunction(node)) {
    for (const name of node.params.flatMap(patternNames)) declare(node, { name });
  }
  if (node.type === 'ClassDeclaration' && node.id) declare(blockAround(node, tree), { name: node.id.name });
  if (node.type === 'CatchClause' && node.param) {
    for (const name of patternNames(node.param)) declare(node, { name });
  }
  if (node.type === 'ImportDeclaration') {
    for (const specifier of node.specifiers) declare(tree.program, { name: specifier.local.name });
  }
}

function declareVariables(node: acorn.VariableDeclaration, tree: SyntaxTree, declare: Declare): void {
  const scope = node.kind === 'var' ? (tree.functionAround(node) ?? tree.program) : blockAround(node, tree);
  for (const declarator of node.declarations) {
    const initial = declarator.init ?? undefined;
    if (declarator.id.type === 'Identifier') {
      declare(scope, { name: declarator.id.name, initial, functionNode: isFunction(initial) ? initial : undefined });
    } else {
      for (const name of patternNames(declarator.id)) declare(scope, { name });
    }
  }
}

const BLOCKS = new Set([
  'Program',
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
]);

function blockAround(node: Node, tree: SyntaxTree): Node {
  let scope = tree.parentOf(node);
  while (scope && !BLOCKS.has(scope.type)) scope = tree.parentOf(scope);
  return scope ?? tree.program;
}

function patternNames(pattern: acorn.Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        patternNames(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? patternNames(element) : []));
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
    default:
      return [];
  }
}

function isPropertyKey(identifier: acorn.Identifier, tree: SyntaxTree): boolean {
  const parent = tree.parentOf(identifier);
  if (parent?.type === 'MemberExpression') return parent.property === identifier && !parent.computed;
  return parent?.type === 'Property' && parent.key === identifier && !parent.computed && !parent.shorthand;
}
