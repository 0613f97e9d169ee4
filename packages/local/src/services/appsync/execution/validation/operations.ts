import { Kind, OperationTypeNode } from 'graphql';
import type { Rule } from './rule.ts';

export const operationRules: readonly Rule[] = [
  (_context, report) => ({
    Document(document) {
      const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
      const names = new Set<string>();
      for (const operation of operations) {
        const name = operation.name?.value;
        if (name === undefined) {
          if (operations.length === 1) continue;
          report('LoneAnonymousOperationViolation', 'Anonymous operation with other operations.', [operation]);
        } else if (names.has(name)) {
          report('DuplicateOperationName', `There can be only one operation named '${name}'`, [operation]);
        } else {
          names.add(name);
        }
      }
    },
  }),
  (_context, report) => ({
    OperationDefinition(operation) {
      if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return;
      if (operation.selectionSet.selections.length === 1) return;
      const name = operation.name?.value ?? 'null';
      report('SubscriptionMultipleRootFields', `Subscription operation ${name} must have exactly one root field.`, [
        operation,
      ]);
    },
  }),
  (_context, report) => ({
    Document(document) {
      for (const node of document.definitions) {
        if (node.kind === Kind.OPERATION_DEFINITION || node.kind === Kind.FRAGMENT_DEFINITION) continue;
        report('NonExecutableDefinition', 'The provided document contains non-executable definitions', [node]);
      }
    },
  }),
];
