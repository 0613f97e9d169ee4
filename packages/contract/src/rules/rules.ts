import { authorization, publishedByWorkers, reachable } from './authorization.ts';
import { descriptions, refusalsDescribed } from './descriptions.ts';
import { connections, listBounds, listItems, pageBounds } from './lists.ts';
import { idempotencyKeys, inputNames, names, payloads, userErrors, verbFirst } from './mutations.ts';
import { deprecations, ids, nodes, noStorage, nullable, references } from './objects.ts';
import { notDeprecated, operationDepth, operationNames, wholeAnswers } from './operations.ts';
import type { Rule } from './rule.ts';

/** In the order in which they are explained. */
export const rules: readonly Rule[] = [
  descriptions,
  refusalsDescribed,
  names,
  inputNames,
  verbFirst,
  payloads,
  userErrors,
  idempotencyKeys,
  connections,
  pageBounds,
  listBounds,
  listItems,
  references,
  noStorage,
  nodes,
  ids,
  nullable,
  deprecations,
  authorization,
  reachable,
  publishedByWorkers,
  operationNames,
  operationDepth,
  wholeAnswers,
  notDeprecated,
];
