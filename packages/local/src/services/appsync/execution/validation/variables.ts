import {
  isInputType,
  isNonNullType,
  isTypeSubTypeOf,
  Kind,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type GraphQLType,
  type VariableDefinitionNode,
} from 'graphql';
import { literalProblem, valueText } from './literals.ts';
import type { Rule } from './rule.ts';
import { isNullish } from '../../nullish.ts';

export const variableRules: readonly Rule[] = [
  (context, report) => ({
    OperationDefinition: {
      leave(operation) {
        const defined = new Map<string, VariableDefinitionNode>();
        for (const definition of operation.variableDefinitions ?? []) {
          const name = definition.variable.name.value;
          if (defined.has(name)) {
            report('DuplicateVariableName', `There can be only one variable named '${name}'`, [definition]);
          }
          defined.set(name, definition);
        }
        const used = new Set<string>();
        for (const { node, type, defaultValue } of context.getRecursiveVariableUsages(operation)) {
          const name = node.name.value;
          used.add(name);
          const definition = defined.get(name);
          if (definition === undefined) {
            report('UndefinedVariable', `Undefined variable ${name}`, [node]);
            continue;
          }
          const variableType = typeFromAST(context.getSchema(), definition.type);
          if (variableType === undefined || isNullish(type)) continue;
          if (fits(context.getSchema(), { variableType, definition, expected: type, defaultValue })) continue;
          const text = `Variable type '${effective(variableType, definition)}' doesn't match expected type '${type}'`;
          report('VariableTypeMismatch', text, [node]);
        }
        for (const [name, definition] of defined) {
          if (!used.has(name)) report('UnusedVariable', `Unused variable ${name}`, [definition]);
        }
      },
    },
  }),
  (context, report) => ({
    VariableDefinition(node) {
      const type = typeFromAST(context.getSchema(), node.type);
      if (type === undefined) return;
      if (!isInputType(type)) {
        report(
          'NonInputTypeOnVariable',
          `Input variable ${node.variable.name.value} type ${type} is not an input type`,
          [node],
        );
      } else if (node.defaultValue !== undefined && literalProblem(type, node.defaultValue) !== undefined) {
        const value = valueText(node.defaultValue);
        report('BadValueForDefaultArgument', `Bad default value ${value} for type ${type}`, [node]);
      }
    },
  }),
];

interface Usage {
  readonly variableType: GraphQLType;
  readonly definition: VariableDefinitionNode;
  readonly expected: GraphQLInputType;
  readonly defaultValue: unknown;
}

/** A default value of the variable, or of the place it stands in, makes a nullable variable good for a non-null place. */
function fits(schema: GraphQLSchema, { variableType, definition, expected, defaultValue }: Usage): boolean {
  if (!isNonNullType(expected) || isNonNullType(variableType)) return isTypeSubTypeOf(schema, variableType, expected);
  const hasDefault = definition.defaultValue !== undefined && definition.defaultValue.kind !== Kind.NULL;
  return (hasDefault || defaultValue !== undefined) && isTypeSubTypeOf(schema, variableType, expected.ofType);
}

/** graphql-java treats a variable with a default value as non-null, and prints it so. */
function effective(type: GraphQLType, definition: VariableDefinitionNode): string {
  return definition.defaultValue === undefined || isNonNullType(type) ? String(type) : `${type}!`;
}
