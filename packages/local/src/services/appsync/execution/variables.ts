import { typeFromAST, isInputType, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { coerceLiteral, coerceVariable, VariableError, type Variables } from './input.ts';
import { setOwn } from '../ownMember.ts';
import { locationOf, requestError, type RequestErrorEntry } from './errors.ts';

/**
 * The variables of an operation, coerced. Those that are not given and have no default are left out.
 * Returns the refusal of the first variable with a value its type refuses.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Variables,
): { readonly variables: Variables } | { readonly error: RequestErrorEntry } {
  const variables: Record<string, unknown> = {};
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    const isGiven = Object.hasOwn(given, name);
    try {
      if (!isGiven && definition.defaultValue !== undefined) {
        setOwn(variables, name, coerceLiteral(type, definition.defaultValue, {}));
      } else {
        const value = coerceVariable(type, given[name], name);
        if (isGiven) setOwn(variables, name, value);
      }
    } catch (error) {
      if (!(error instanceof VariableError)) throw error;
      return { error: requestError(error.message, error.located ? [locationOf(definition)] : null) };
    }
  }
  return { variables };
}
