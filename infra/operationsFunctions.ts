/**
 * Functions that work for the operators: `lambdas/<key>/handler.ts`. Their rights and what calls them are in the
 * observability stack, since they have nothing in common beside being packed alike.
 */
export const operationsFunctions = {
  /** Tells people of alarms, budgets and errors, where they read it: one after the other, each tried three times. */
  incidents: { timeoutSeconds: 60 },
  /** Asks the API from outside. */
  probe: { timeoutSeconds: 15 },
} as const;

export type OperationsFunctions = typeof operationsFunctions;

export type OperationsFunctionKey = keyof OperationsFunctions;

export function isOperationsFunction(key: string): key is OperationsFunctionKey {
  return Object.hasOwn(operationsFunctions, key);
}
