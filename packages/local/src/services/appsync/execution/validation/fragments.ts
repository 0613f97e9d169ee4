import {
  doTypesOverlap,
  isCompositeType,
  Kind,
  typeFromAST,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';
import type { Rule } from './rule.ts';
import { isNullish } from '../../nullish.ts';

const COMPOSITE = 'must be on Object/Interface/Union';

export const fragmentRules: readonly Rule[] = [
  (context, report) => ({
    InlineFragment(node) {
      const type = node.typeCondition && typeFromAST(context.getSchema(), node.typeCondition);
      if (isNullish(type) || isCompositeType(type)) return;
      report('InlineFragmentTypeConditionInvalid', `Inline fragment type condition is invalid, ${COMPOSITE}`, [node]);
    },
    FragmentDefinition(node) {
      const type = typeFromAST(context.getSchema(), node.typeCondition);
      if (isNullish(type) || isCompositeType(type)) return;
      report('FragmentTypeConditionInvalid', `Fragment type condition is invalid, ${COMPOSITE}`, [node]);
    },
  }),
  (context, report) => ({
    FragmentSpread(node) {
      const name = node.name.value;
      if (isNullish(context.getFragment(name))) report('UndefinedFragment', `Undefined fragment ${name}`, [node]);
    },
  }),
  (context, report) => ({
    NamedType(node) {
      const name = node.name.value;
      if (context.getSchema().getType(name) === undefined) report('UnknownType', `Unknown type ${name}`, [node]);
    },
  }),
  (context, report) => {
    const names = new Set<string>();
    return {
      FragmentDefinition(node) {
        const name = node.name.value;
        if (names.has(name)) report('DuplicateFragmentName', `There can be only one fragment named '${name}'`, [node]);
        names.add(name);
        const reachable = new Set<string>();
        const pending: FragmentDefinitionNode[] = [node];
        for (let fragment = pending.pop(); fragment !== undefined; fragment = pending.pop()) {
          for (const spread of context.getFragmentSpreads(fragment.selectionSet)) {
            if (spread.name.value === name) {
              report('FragmentCycle', 'Fragment cycles not allowed', [spread]);
              return;
            }
            const next = context.getFragment(spread.name.value);
            if (isNullish(next) || reachable.has(spread.name.value)) continue;
            reachable.add(spread.name.value);
            pending.push(next);
          }
        }
      },
    };
  },
  (context, report) => ({
    Document: {
      leave(document) {
        const used = new Set<string>();
        for (const operation of document.definitions) {
          if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
          for (const fragment of context.getRecursivelyReferencedFragments(operation)) used.add(fragment.name.value);
        }
        for (const fragment of document.definitions) {
          if (fragment.kind !== Kind.FRAGMENT_DEFINITION || used.has(fragment.name.value)) continue;
          report('UnusedFragment', `Unused fragment ${fragment.name.value}`, [fragment], { withoutPath: true });
        }
      },
    },
  }),
  (context, report) => ({
    InlineFragment(node) {
      const type = context.getType();
      const parent = context.getParentType();
      if (canSpread(context.getSchema(), type, parent)) return;
      const text = `Fragment cannot be spread here as objects of type ${parent} can never be of type ${type}`;
      report('InvalidFragmentType', text, [node]);
    },
    FragmentSpread(node) {
      const fragment = context.getFragment(node.name.value);
      if (isNullish(fragment)) return;
      const type = typeFromAST(context.getSchema(), fragment.typeCondition);
      const parent = context.getParentType();
      if (canSpread(context.getSchema(), type, parent)) return;
      const place = `Fragment ${node.name.value} cannot be spread here`;
      report('InvalidFragmentType', `${place} as objects of type ${parent} can never be of type ${type}`, [node]);
    },
  }),
];

function canSpread(schema: GraphQLSchema, type: unknown, parent: GraphQLCompositeType | null | undefined): boolean {
  if (isNullish(parent) || !isCompositeType(type)) return true;
  return doTypesOverlap(schema, type, parent);
}
