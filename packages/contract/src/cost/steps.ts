import { type DocumentNode, isAbstractType, Kind, type SelectionSetNode } from 'graphql';
import { getNamedType, type GraphQLCompositeType, type GraphQLSchema, isCompositeType } from 'graphql';
import { blocksOf, type TerraformGraph, textOf } from '../../../../infra/diagram/terraformGraph.ts';

/** How many data sources a field's resolver asks, one after the other. By `Type.field`; fields without a resolver are absent. */
export function stepsOfResolvers(graph: TerraformGraph): ReadonlyMap<string, number> {
  return new Map(
    graph.ofType('aws_appsync_resolver').map(({ args, stack }) => {
      const functions = blocksOf(args['pipeline_config']).flatMap(
        ({ functions: each = [] }) => each as readonly string[],
      );
      const asked = functions
        .flatMap((reference) => graph.referencesIn(reference, stack))
        .filter(({ type, args: step }) => {
          const [source] = graph.referencesIn(step['data_source'], stack);
          return type === 'aws_appsync_function' && textOf(source?.args['type']) !== 'NONE';
        });
      return [`${textOf(args['type'])}.${textOf(args['field'])}`, functions.length > 0 ? asked.length : 1] as const;
    }),
  );
}

/** The most requests of data sources that wait for one another in a run of an operation: fields beside one another run at once. */
export function stepsOfOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  resolvers: ReadonlyMap<string, number>,
): number {
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation has no name');
  const root = schema.getRootType(operation.operation);
  return root ? below(root, operation.selectionSet) : 0;

  function below(parent: GraphQLCompositeType, { selections }: SelectionSetNode): number {
    return Math.max(
      0,
      ...selections.map((selection) => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return 0;
        if (selection.kind === Kind.INLINE_FRAGMENT) {
          const type = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
          return isCompositeType(type) ? below(type, selection.selectionSet) : 0;
        }
        const name = selection.name.value;
        const possible = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        const own = Math.max(0, ...possible.map((type) => resolvers.get(`${type.name}.${name}`) ?? 0));
        const field = 'getFields' in parent ? parent.getFields()[name] : undefined;
        const type = field && getNamedType(field.type);
        return own + (selection.selectionSet && isCompositeType(type) ? below(type, selection.selectionSet) : 0);
      }),
    );
  }
}
