import { executeSync, Kind, OperationTypeNode, type DocumentNode, type FieldNode } from 'graphql';
import type { Variables } from './input.ts';
import type { PlanScope } from './plan.ts';

/** The value of `__schema` or `__type`, from graphql-js, which implements introspection. */
export function introspect(scope: PlanScope, nodes: readonly FieldNode[], variables: Variables): unknown {
  const [first] = nodes;
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        variableDefinitions: scope.variableDefinitions,
        selectionSet: { kind: Kind.SELECTION_SET, selections: nodes },
      },
      ...scope.fragments.values(),
    ],
  };
  const { data } = executeSync({ schema: scope.schema, document, variableValues: variables });
  return data?.[first?.alias?.value ?? first?.name.value ?? ''] ?? null;
}
