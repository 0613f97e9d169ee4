import { getNamedType, isLeafType, type FieldNode } from 'graphql';
import type { Rule } from './rule.ts';
import { isNullish } from '../../nullish.ts';

/** Without introspection the meta fields do not exist, `__typename` excepted. */
export const fieldRules = (introspection: boolean): readonly Rule[] => [
  (context, report) => ({
    Field(node) {
      const parent = context.getParentType();
      if (isNullish(parent)) return undefined;
      const name = node.name.value;
      const hidden = !introspection && (name === '__schema' || name === '__type');
      if (!isNullish(context.getFieldDef()) && !hidden) return undefined;
      report('FieldUndefined', `Field '${name}' in type '${parent.name}' is undefined`, [node]);
      // What is selected below an unknown field cannot be judged.
      return false;
    },
  }),
  (context, report) => ({
    Field(node: FieldNode) {
      const type = context.getType();
      if (isNullish(type)) return;
      const name = node.name.value;
      const isLeaf = isLeafType(getNamedType(type));
      if (isLeaf && node.selectionSet !== undefined) {
        report('SubSelectionNotAllowed', `Sub selection not allowed on leaf type ${type} of field ${name}`, [node]);
      } else if (!isLeaf && node.selectionSet === undefined) {
        report('SubSelectionRequired', `Sub selection required for type ${type} of field ${name}`, [node]);
      }
    },
  }),
];
