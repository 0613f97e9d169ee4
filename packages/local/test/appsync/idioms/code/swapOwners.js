import { util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const { ids, owner } = ctx.args;
  const items = ids.map((id) => ({
    updateItem: {
      table: 'Todos',
      key: { id },
      update: { owner: operations.replace(owner), version: operations.increment(1) },
      condition: { id: { attributeExists: true } },
    },
  }));
  return transactWrite({ items });
}

export function response(ctx) {
  const { error, result } = ctx;
  if (error) {
    util.error(result.cancellationReasons.map(({ type }) => type).join(), error.type);
  }
  return result.keys.map(({ id }) => id);
}
