import { AwsError } from '../../aws/error.ts';
import type { JsonObject } from '../../json.ts';
import type { Item } from './model.ts';

export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

export function invalidParameter(message: string): AwsError {
  return validationError(`One or more parameter values were invalid: ${message}`);
}

/** The body is JSON but not of the operation's shape. */
export function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

/** AWS leaves the name out in data operations; here it is always said, since a wrong name is what one looks for. */
export function tableNotFound(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
}

export const CONDITION_FAILED = 'The conditional request failed';

export function conditionFailed(item: Item | null): AwsError {
  const details: JsonObject = item ? { Item: item } : {};
  return new AwsError('ConditionalCheckFailedException', CONDITION_FAILED, { details });
}

/** `provision` cannot turn a table into one with other keys: no item would have an address. */
export class KeySchemaChanged extends Error {
  readonly table: string;

  constructor(table: string, stored: string, wanted: string) {
    super(
      `The key of table ${table} is ${stored} in the data folder and ${wanted} in the Terraform. ` +
        'A key cannot change: reset the data folder, or rename the table.',
    );
    this.name = 'KeySchemaChanged';
    this.table = table;
  }
}
