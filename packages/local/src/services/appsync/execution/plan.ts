import {
  getNamedType,
  isAbstractType,
  Kind,
  typeFromAST,
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { CompiledField, FieldTable } from './compiledApi.ts';
import { coerceLiteral, type Variables } from './input.ts';
import { introspect } from './introspection.ts';
import { setOwn } from '../ownMember.ts';

/** One field of a response object, with everything about it that does not depend on the parent value. */
export interface PlannedField {
  /** The alias, or else the name. */
  readonly key: string;
  readonly name: string;
  /** All occurrences that are merged into this field. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  /** Absent for `__typename`, `__schema` and `__type`. */
  readonly field: CompiledField | undefined;
  readonly args: Arguments;
  /** The value of `__schema` and `__type`; absent for other fields. */
  readonly introspect?: (variables: Variables) => unknown;
  /** The fields selected on an object of this type. */
  selection(type: GraphQLObjectType): readonly PlannedField[];
  /** The fields selected on the field's own type when that is an interface or a union: those without a fragment. */
  ownSelection(): readonly PlannedField[];
}

/** Coerced arguments; the same object each time when no variable occurs in them. */
export type Arguments = (variables: Variables) => Readonly<Record<string, unknown>>;

export interface PlanScope {
  readonly schema: GraphQLSchema;
  readonly fields: FieldTable;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variableDefinitions: readonly VariableDefinitionNode[];
  /** Decides `@skip` and `@include`: a plan is made for one combination of their variables. */
  readonly conditions: Variables;
}

export function planSelection(
  scope: PlanScope,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): readonly PlannedField[] {
  const nodesByKey = new Map<string, [FieldNode, ...FieldNode[]]>();
  const visited = new Set<string>();
  for (const selectionSet of selectionSets) collect(scope, type, selectionSet, { nodesByKey, visited });
  return [...nodesByKey].map(([key, nodes]) => planField(scope, type, key, nodes));
}

interface Collected {
  readonly nodesByKey: Map<string, [FieldNode, ...FieldNode[]]>;
  readonly visited: Set<string>;
}

function collect(scope: PlanScope, type: GraphQLObjectType, selectionSet: SelectionSetNode, into: Collected): void {
  for (const selection of selectionSet.selections) {
    if (!isIncluded(selection.directives, scope.conditions)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const nodes = into.nodesByKey.get(key);
      if (nodes === undefined) into.nodesByKey.set(key, [selection]);
      else nodes.push(selection);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : unvisited(scope, selection.name.value, into);
    if (fragment === undefined || !applies(scope.schema, fragment.typeCondition, type)) continue;
    collect(scope, type, fragment.selectionSet, into);
  }
}

function unvisited(scope: PlanScope, name: string, { visited }: Collected): FragmentDefinitionNode | undefined {
  if (visited.has(name)) return undefined;
  visited.add(name);
  return scope.fragments.get(name);
}

function applies(
  schema: GraphQLSchema,
  condition: FragmentDefinitionNode['typeCondition'] | undefined,
  type: GraphQLObjectType,
): boolean {
  if (condition === undefined) return true;
  const conditional = typeFromAST(schema, condition);
  return conditional === type || (isAbstractType(conditional) && schema.isSubType(conditional, type));
}

export function isIncluded(directives: readonly DirectiveNode[] | undefined, variables: Variables): boolean {
  for (const directive of directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const condition = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    const value =
      condition?.kind === Kind.VARIABLE
        ? variables[condition.name.value]
        : condition?.kind === Kind.BOOLEAN && condition.value;
    if ((value === true) === (name === 'skip')) return false;
  }
  return true;
}

const META_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type']);

function planField(
  scope: PlanScope,
  type: GraphQLObjectType,
  key: string,
  nodes: [FieldNode, ...FieldNode[]],
): PlannedField {
  const name = nodes[0].name.value;
  const field = scope.fields.get(type)?.get(name);
  const selectionSets = nodes.flatMap((node) => node.selectionSet ?? []);
  const selections = new Map<GraphQLObjectType, readonly PlannedField[]>();
  return {
    key,
    name,
    nodes,
    field,
    args: field === undefined ? () => ({}) : planArguments(field, nodes[0]),
    ...(META_FIELDS.has(name) && { introspect: (variables: Variables) => introspect(scope, nodes, variables) }),
    selection: (objectType) => {
      let selection = selections.get(objectType);
      if (selection === undefined) {
        selection = planSelection(scope, objectType, selectionSets);
        selections.set(objectType, selection);
      }
      return selection;
    },
    ownSelection: () => planAbstractSelection(scope, field, selectionSets),
  };
}

/** Planned on one of the possible types, since fields of an interface have the same names on each. */
function planAbstractSelection(
  scope: PlanScope,
  field: CompiledField | undefined,
  selectionSets: readonly SelectionSetNode[],
): readonly PlannedField[] {
  const type = field && getNamedType(field.definition.type);
  if (!isAbstractType(type)) return [];
  const [implementation] = scope.schema.getPossibleTypes(type);
  if (implementation === undefined) return [];
  const own = selectionSets.map((selectionSet) => ({
    ...selectionSet,
    selections: selectionSet.selections.filter(({ kind }) => kind === Kind.FIELD),
  }));
  return planSelection(scope, implementation, own);
}

function planArguments(field: CompiledField, node: FieldNode): Arguments {
  const usesVariables = JSON.stringify(node.arguments ?? [], (name, value: unknown) =>
    name === 'loc' ? undefined : value,
  );
  if (!usesVariables.includes(`"kind":"${Kind.VARIABLE}"`)) {
    const args = coerceArguments(field, node, {});
    return () => args;
  }
  return (variables) => coerceArguments(field, node, variables);
}

function coerceArguments(
  field: CompiledField,
  node: FieldNode,
  variables: Variables,
): Readonly<Record<string, unknown>> {
  const given = new Map(node.arguments?.map((argument) => [argument.name.value, argument.value]));
  const args: Record<string, unknown> = {};
  for (const { name, type, astNode } of field.definition.args) {
    const value = given.get(name);
    const absent = value === undefined || (value.kind === Kind.VARIABLE && !Object.hasOwn(variables, value.name.value));
    if (absent && astNode?.defaultValue !== undefined) {
      setOwn(args, name, coerceLiteral(type, astNode.defaultValue, {}));
    } else if (value !== undefined) {
      setOwn(args, name, coerceLiteral(type, value, variables));
    }
  }
  return args;
}
