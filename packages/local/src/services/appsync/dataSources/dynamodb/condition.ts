import { MappingTemplateError } from '../dataSource.ts';
import { arrayAt, booleanAt, optional, requestObject, stringAt } from '../requestObject.ts';
import { readExpression, type Expression } from './expressions.ts';

/** A write's condition. https://docs.aws.amazon.com/appsync/latest/devguide/js-aws-appsync-resolver-reference-dynamodb-condition-expressions.html */
export interface Condition extends Expression {
  /** Attributes that may differ when an item equal to the attempted one makes a failed condition a success. */
  readonly equalsIgnore: readonly string[];
  /** How AppSync reads the current item after the condition failed. */
  readonly consistentRead: boolean;
  /** The function of the strategy `Custom`; absent: `Reject`. */
  readonly handlerArn?: string;
}

export function readCondition(value: unknown): Condition {
  const path = '$[condition]';
  const object = typeof value === 'string' ? parseCondition(value, path) : value;
  const condition = requestObject(
    object,
    [
      'expression',
      'expressionNames',
      'expressionValues',
      'equalsIgnore',
      'consistentRead',
      'conditionalCheckFailedHandler',
    ],
    path,
  );
  const handler = optional(
    condition.conditionalCheckFailedHandler,
    `${path}[conditionalCheckFailedHandler]`,
    readHandler,
  );
  return {
    ...readExpression(condition, path, ['equalsIgnore', 'consistentRead', 'conditionalCheckFailedHandler']),
    equalsIgnore: (optional(condition.equalsIgnore, `${path}[equalsIgnore]`, arrayAt) ?? []).map(String),
    consistentRead: optional(condition.consistentRead, `${path}[consistentRead]`, booleanAt) ?? true,
    ...(handler !== undefined && { handlerArn: handler }),
  };
}

/** `util.transform.toDynamoDBConditionExpression` returns a string, which AWS's examples use as it is. */
export function parseCondition(text: string, path: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new MappingTemplateError(`Unable to parse the JSON document at '${path}': '${text}'`);
  }
}

function readHandler(value: unknown, path: string): string | undefined {
  const handler = requestObject(value, ['strategy', 'lambdaArn'], path);
  const strategy = stringAt(handler.strategy, `${path}[strategy]`);
  if (strategy === 'Reject') return undefined;
  if (strategy !== 'Custom')
    throw new MappingTemplateError(`Unsupported conditional check failed strategy '${strategy}'.`);
  return stringAt(handler.lambdaArn, `${path}[lambdaArn]`);
}
