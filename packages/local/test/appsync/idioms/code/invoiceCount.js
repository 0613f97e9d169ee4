import { toJsonObject } from '@aws-appsync/utils/rds';

export function request(ctx) {
  return {
    statements: ['SELECT count(*) AS n FROM invoice WHERE owner = :owner'],
    variableMap: { ':owner': ctx.args.owner },
  };
}

export const response = (ctx) => toJsonObject(ctx.result)[0][0].n;
