import {
  BREAK,
  Kind,
  OverlappingFieldsCanBeMergedRule,
  validate,
  visit,
  type GraphQLError,
  type ASTNode,
  type ASTVisitor,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationContext,
} from 'graphql';
import type { AppSyncApi } from '../../model.ts';
import { locationOf, requestError, type RequestErrorEntry } from '../errors.ts';
import { argumentRules } from './arguments.ts';
import { directiveRules } from './directives.ts';
import { fieldRules } from './fields.ts';
import { fragmentRules } from './fragments.ts';
import { operationRules } from './operations.ts';
import type { Report, Rule } from './rule.ts';
import { variableRules } from './variables.ts';

const MAX_ERRORS = 100;

/** The violations of the validation rules, in the words of graphql-java, which AppSync is built on. */
export function validateDocument(
  api: AppSyncApi,
  schema: GraphQLSchema,
  document: DocumentNode,
): readonly RequestErrorEntry[] {
  const entries: RequestErrorEntry[] = [];
  const report: Report = (type, text, nodes, options) => {
    if (entries.length >= MAX_ERRORS) return;
    const [node] = nodes;
    const path = node === undefined || options?.withoutPath === true ? [] : fieldPath(document, node);
    const place = path.length > 0 ? ` @ '${path.join('/')}'` : '';
    entries.push(requestError(`Validation error of type ${type}: ${text}${place}`, nodes.map(locationOf)));
  };
  const rules: readonly Rule[] = [
    ...operationRules,
    ...fieldRules(api.introspection),
    ...argumentRules,
    ...directiveRules,
    ...fragmentRules,
    ...variableRules,
  ];
  const conflicts = validate(
    schema,
    document,
    [...rules.map((rule) => adapt(rule, report)), OverlappingFieldsCanBeMergedRule],
    {
      maxErrors: MAX_ERRORS,
    },
  );
  for (const conflict of conflicts) reportConflict(conflict, report);
  return entries;
}

const adapt =
  (rule: Rule, report: Report) =>
  (context: ValidationContext): ASTVisitor =>
    rule(context, report);

function reportConflict(conflict: GraphQLError, report: Report): void {
  const text = conflict.message
    .replace(/^Fields "(\w+)" conflict because /, '$1: ')
    .replace(/ ?Use different aliases.*$/, '')
    .replace(/\.$/, '')
    .replaceAll('"', '');
  report('FieldsConflict', text, conflict.nodes ?? [], { withoutPath: true });
}

/** Names of the fields (and of the fragment definition) around a node, itself included, as graphql-java prints them. */
function fieldPath(document: DocumentNode, wanted: ASTNode): readonly string[] {
  const stack: string[] = [];
  let found: readonly string[] = [];
  visit(document, {
    enter(node) {
      if (node.kind === Kind.FIELD || node.kind === Kind.FRAGMENT_DEFINITION) stack.push(node.name.value);
      if (node !== wanted) return undefined;
      found = [...stack];
      return BREAK;
    },
    leave(node) {
      if (node.kind === Kind.FIELD || node.kind === Kind.FRAGMENT_DEFINITION) stack.pop();
    },
  });
  return found;
}
