/**
 * What resolver code may import, and the names each module exports (`@aws-appsync/utils` 2.1.1).
 * Types are erased before deployment, so only values count.
 */
export const MODULE_EXPORTS = {
  '@aws-appsync/utils': ['util', 'runtime', 'extensions'],
  '@aws-appsync/utils/dynamodb': [
    'get',
    'put',
    'update',
    'remove',
    'query',
    'scan',
    'sync',
    'batchGet',
    'batchPut',
    'batchDelete',
    'transactGet',
    'transactWrite',
    'toStringSet',
    'toNumberSet',
    'toBinarySet',
    'operations',
  ],
  '@aws-appsync/utils/rds': [
    'select',
    'insert',
    'update',
    'remove',
    'sql',
    'createPgStatement',
    'createMySQLStatement',
    'toJsonObject',
    'typeHint',
    'agg',
  ],
  '@aws-appsync/utils/ai': ['invokeModel', 'converse'],
} as const satisfies Record<string, readonly string[]>;

export type ModuleName = keyof typeof MODULE_EXPORTS;

export function isModuleName(name: unknown): name is ModuleName {
  return typeof name === 'string' && Object.hasOwn(MODULE_EXPORTS, name);
}
