import { AwsError } from '../../aws/error.ts';

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterValueException', message);

export const invalidValue = (name: string, value: string | number, reason: string): AwsError =>
  invalidParameter(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);

export const missingParameter = (name: string): AwsError =>
  new AwsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`);

export const queueDoesNotExist = (): AwsError =>
  new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');

export const unknownAttribute = (name: string): AwsError =>
  new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);

export const receiptHandleIsInvalid = (message: string): AwsError =>
  new AwsError('ReceiptHandleIsInvalid', message, { statusCode: 404 });

export const resourceNotFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message, { statusCode: 404 });

export const unsupportedOperation = (message: string): AwsError => new AwsError('UnsupportedOperation', message);

/** A queue of the Terraform that AWS would not create. */
export const invalidQueue = (address: string, problem: string): AwsError =>
  new AwsError('InvalidAttributeValue', `${address}: ${problem}`);
