import { AwsError } from '../../aws/error.ts';

export const invalidParameter = (message: string): AwsError => new AwsError('InvalidParameterException', message);

export const noSuchGroup = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
