import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  parse,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { AwsError } from '../../../aws/error.ts';
import type { AppSyncApi } from '../model.ts';
import type { FieldTable } from './compiledApi.ts';
import { limitError, requestError, type ErrorEntry } from './errors.ts';
import type { Variables } from './input.ts';
import { planSelection, type PlannedField } from './plan.ts';
import { validateDocument } from './validation/validate.ts';
import { isNullish } from '../nullish.ts';

/** AppSync's limit on the size of a document. https://docs.aws.amazon.com/general/latest/gr/appsync.html */
const MAX_QUERY_TOKENS = 15_000;
const MAX_CACHED_DOCUMENTS = 500;
const MAX_CACHED_PLANS = 64;

/** A parsed and validated document. */
export interface PreparedDocument {
  readonly document: DocumentNode;
  /** Validation errors, in AppSync's words; such a document is not executed. */
  readonly errors: readonly ErrorEntry[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly operations: readonly OperationDefinitionNode[];
}

export interface DocumentCache {
  /** Throws `AwsError` MalformedHttpRequestException when the text is no GraphQL document. */
  prepare(query: string): PreparedDocument;
  /** The root fields of an operation for these variables. */
  plan(prepared: PreparedDocument, operation: OperationDefinitionNode, variables: Variables): readonly PlannedField[];
}

export const unparsable = (): AwsError =>
  new AwsError('MalformedHttpRequestException', 'Unable to parse GraphQL query.', { statusCode: 400 });

/** Documents by their text, the least recently used forgotten first. */
export function createDocumentCache(api: AppSyncApi, schema: GraphQLSchema, fields: FieldTable): DocumentCache {
  const documents = new Map<string, PreparedDocument>();
  const plans = new WeakMap<OperationDefinitionNode, Map<string, readonly PlannedField[]>>();
  const conditionNames = new WeakMap<PreparedDocument, readonly string[]>();

  return {
    prepare(query) {
      const known = documents.get(query);
      const prepared = known ?? prepareDocument(api, schema, query);
      if (known !== undefined) documents.delete(query);
      documents.set(query, prepared);
      if (documents.size > MAX_CACHED_DOCUMENTS) forgetOldest(documents);
      return prepared;
    },
    plan(prepared, operation, variables) {
      const names = remember(conditionNames, prepared, () => conditionVariables(prepared.document));
      const byConditions = remember(plans, operation, () => new Map<string, readonly PlannedField[]>());
      const key = names.map((name) => (variables[name] === true ? '1' : '0')).join('');
      let plan = byConditions.get(key);
      if (plan === undefined) {
        const scope = {
          schema,
          fields,
          fragments: prepared.fragments,
          variableDefinitions: operation.variableDefinitions ?? [],
          conditions: variables,
        };
        plan = planSelection(scope, rootType(schema, operation), [operation.selectionSet]);
        byConditions.set(key, plan);
        if (byConditions.size > MAX_CACHED_PLANS) forgetOldest(byConditions);
      }
      return plan;
    },
  };
}

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

function remember<K extends WeakKey, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

export function rootType(schema: GraphQLSchema, operation: OperationDefinitionNode): GraphQLObjectType {
  const type = schema.getRootType(operation.operation);
  if (isNullish(type)) throw new Error(`validation let ${operation.operation} pass without a root type`);
  return type;
}

function prepareDocument(api: AppSyncApi, schema: GraphQLSchema, query: string): PreparedDocument {
  const document = parseQuery(query);
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) throw unparsable();
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const invalid: readonly ErrorEntry[] =
    missingRootTypes(schema, operations) ?? validateDocument(api, schema, document);
  const errors = invalid.length > 0 ? invalid : depthErrors(api.queryDepthLimit, operations, fragments);
  return { document, operations, fragments, errors };
}

function parseQuery(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MAX_QUERY_TOKENS });
  } catch (error) {
    // The parser recurses: a RangeError means brackets nested thousands of levels deep.
    if (error instanceof GraphQLError || error instanceof RangeError) throw unparsable();
    throw error;
  }
}

function missingRootTypes(
  schema: GraphQLSchema,
  operations: readonly OperationDefinitionNode[],
): readonly ErrorEntry[] | undefined {
  const missing = operations.find((operation) => isNullish(schema.getRootType(operation.operation)));
  if (missing === undefined) return undefined;
  const kind = missing.operation === OperationTypeNode.MUTATION ? 'mutations' : 'subscriptions';
  return [requestError(`Schema is not configured for ${kind}.`, null)];
}

/** Names of the variables that `@skip` and `@include` look at. */
function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      if (directive.name.value !== 'skip' && directive.name.value !== 'include') return;
      for (const { value } of directive.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** Root fields have depth 1; introspection does not count, so that tools work under every limit. */
function depthErrors(
  limit: number,
  operations: readonly OperationDefinitionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly ErrorEntry[] {
  if (limit === 0) return [];
  const fragmentDepths = new Map<string, number>();
  const depthOf = (selectionSet: OperationDefinitionNode['selectionSet'] | undefined): number => {
    let deepest = 0;
    for (const selection of selectionSet?.selections ?? []) {
      let depth = 0;
      if (selection.kind === Kind.FIELD) {
        depth = selection.name.value.startsWith('__') ? 0 : 1 + depthOf(selection.selectionSet);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        depth = depthOf(selection.selectionSet);
      } else {
        const name = selection.name.value;
        depth = fragmentDepths.get(name) ?? depthOf(fragments.get(name)?.selectionSet);
        fragmentDepths.set(name, depth);
      }
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  };
  const tooDeep = operations.some((operation) => depthOf(operation.selectionSet) > limit);
  return tooDeep ? [limitError('QueryDepthLimitReached', `Query depth limit of ${limit} reached.`)] : [];
}
