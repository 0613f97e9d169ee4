import { AwsError } from '../../aws/error.ts';

/** In the words that AWS answers to `CreateSchedule`. */
export const invalidExpression = (expression: string): AwsError =>
  new AwsError('ValidationException', `Invalid Schedule Expression ${expression}.`);

export const scheduleNotFound = (name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Schedule ${name} does not exist.`, { statusCode: 404 });

export const validationError = (message: string): AwsError => new AwsError('ValidationException', message);
