import { Kind, OperationTypeNode, type ASTNode } from 'graphql';
import type { Rule } from './rule.ts';
import { isNullish } from '../../nullish.ts';

const OPERATION_LOCATIONS = {
  [OperationTypeNode.QUERY]: 'QUERY',
  [OperationTypeNode.MUTATION]: 'MUTATION',
  [OperationTypeNode.SUBSCRIPTION]: 'SUBSCRIPTION',
} as const;

function locationName(node: ASTNode | undefined): string | undefined {
  switch (node?.kind) {
    case Kind.OPERATION_DEFINITION:
      return OPERATION_LOCATIONS[node.operation];
    case Kind.FIELD:
      return 'FIELD';
    case Kind.FRAGMENT_SPREAD:
      return 'FRAGMENT_SPREAD';
    case Kind.INLINE_FRAGMENT:
      return 'INLINE_FRAGMENT';
    case Kind.FRAGMENT_DEFINITION:
      return 'FRAGMENT_DEFINITION';
    case Kind.VARIABLE_DEFINITION:
      return 'VARIABLE_DEFINITION';
    default:
      return undefined;
  }
}

export const directiveRules: readonly Rule[] = [
  (context, report) => ({
    Directive(node, _key, _parent, _path, ancestors) {
      const name = node.name.value;
      const directive = context.getSchema().getDirective(name);
      if (isNullish(directive)) {
        report('UnknownDirective', `Unknown directive ${name}`, [node]);
        return;
      }
      const owner = ancestors.at(-1);
      const location = locationName(owner !== undefined && 'kind' in owner ? owner : undefined);
      if (location !== undefined && !directive.locations.some((allowed) => allowed === location)) {
        report('MisplacedDirective', `Directive ${name} not allowed here`, [node]);
      }
    },
  }),
  (_context, report) => ({
    enter(node) {
      if (!('directives' in node) || node.directives === undefined) return;
      const names = new Set<string>();
      for (const directive of node.directives) {
        const name = directive.name.value;
        if (names.has(name)) {
          const rule = 'Non repeatable directives must be uniquely named within a location.';
          report('DuplicateDirectiveName', `${rule} The directive '${name}' used on a '${node.kind}' is not unique`, [
            directive,
          ]);
        }
        names.add(name);
      }
    },
  }),
];
