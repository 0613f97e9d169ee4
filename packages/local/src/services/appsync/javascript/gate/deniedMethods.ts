import type * as acorn from 'acorn';

import { type Node, propertyName } from '../syntaxTree.ts';
import type { Bindings } from './bindings.ts';
import type { Rule } from './rule.ts';

export type MethodOwner = 'Array' | 'ObjectConstructor' | 'String';

/** The methods AWS names as not implemented, by the type that AWS's message prints. */
export const DENIED_METHODS: Readonly<Record<MethodOwner, ReadonlySet<string>>> = {
  Array: new Set('copyWithin entries from group groupToMap keys of toLocaleString toString values'.split(' ')),
  ObjectConstructor: new Set(
    (
      'create defineProperties defineProperty freeze getOwnPropertyDescriptor getOwnPropertyDescriptors ' +
      'getOwnPropertyNames getOwnPropertySymbols getPrototypeOf hasOwnProperty is isExtensible isFrozen ' +
      'isPrototypeOf isSealed preventExtensions propertyIsEnumerable seal setPrototypeOf toLocaleString ' +
      'toString valueOf'
    ).split(' '),
  ),
  String: new Set(
    (
      'charCodeAt fromCharCode fromCodePoint localeCompare matchAll padEnd padStart raw repeat search ' +
      'toLocaleLowerCase toLocaleUpperCase valueOf'
    ).split(' '),
  ),
};

/** Without a type checker the receiver's type is known for literals, names that start with one, and the globals. */
export const noDisallowedMethods: Rule = {
  name: 'no-disallowed-methods',
  check({ tree, bindings, report }) {
    for (const node of tree.nodes) {
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') continue;
      const method = propertyName(node.callee);
      const owner = ownerOf(node.callee.object, bindings);
      if (method !== undefined && owner && DENIED_METHODS[owner].has(method)) {
        report(node, `Method ${owner}.${method} is not implemented`);
      }
    }
  },
};

const GLOBALS: Readonly<Record<string, MethodOwner>> = {
  Array: 'Array',
  Object: 'ObjectConstructor',
  String: 'String',
};

function ownerOf(object: acorn.Expression | acorn.Super, bindings: Bindings): MethodOwner | undefined {
  if (object.type !== 'Identifier') return literalOwner(object);
  const binding = bindings.resolve(object);
  if (!binding) return Object.hasOwn(GLOBALS, object.name) ? GLOBALS[object.name] : undefined;
  return binding.initial && literalOwner(binding.initial);
}

function literalOwner(node: Node): MethodOwner | undefined {
  if (node.type === 'ArrayExpression') return 'Array';
  if (node.type === 'TemplateLiteral') return 'String';
  return node.type === 'Literal' && typeof node.value === 'string' ? 'String' : undefined;
}
