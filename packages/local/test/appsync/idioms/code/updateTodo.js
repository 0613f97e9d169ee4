import { util } from '@aws-appsync/utils';

/** Sets what is given and removes what is null, with an expression of its own and a condition that the helper makes. */
export function request(ctx) {
  const { id, ...changes } = ctx.args.input;
  const names = { '#version': 'version' };
  const values = { ':one': 1 };
  const sets = [];
  const removes = [];
  for (const [name, value] of Object.entries(changes)) {
    names[`#${name}`] = name;
    if (value === null) {
      removes.push(`#${name}`);
    } else {
      sets.push(`#${name} = :${name}`);
      values[`:${name}`] = value;
    }
  }
  let expression = 'ADD #version :one';
  expression += sets.length > 0 ? ` SET ${sets.join(', ')}` : '';
  expression += removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : '';
  const condition = JSON.parse(util.transform.toDynamoDBConditionExpression({ id: { attributeExists: true } }));
  if (Object.keys(condition.expressionValues ?? {}).length === 0) {
    delete condition.expressionValues;
  }
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ id }),
    update: { expression, expressionNames: names, expressionValues: util.dynamodb.toMapValues(values) },
    condition,
  };
}

export function response(ctx) {
  if (ctx.error) {
    return util.appendError(ctx.error.message, ctx.error.type);
  }
  return ctx.result;
}
