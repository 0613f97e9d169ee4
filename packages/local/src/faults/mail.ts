import { AwsError } from '../aws/error.ts';
import type { AwsService } from '../aws/service.ts';
import { isApplication } from './callers.ts';
import type { Faults } from './faults.ts';

const SENDING = new Set(['SendEmail', 'SendBulkEmail']);

/** SES that refuses now and then to send, before anything is sent. */
export function faultySes<Ses extends AwsService>(ses: Ses, faults: Faults): Ses {
  if (!faults.has('sesThrottled')) return ses;
  return {
    ...ses,
    call(operation, input, principal, options) {
      if (SENDING.has(operation) && isApplication(principal)) {
        if (faults.strikes('sesThrottled', `${operation} ${JSON.stringify(input)}`)) {
          throw new AwsError('TooManyRequestsException', 'Maximum sending rate exceeded.', { statusCode: 429 });
        }
      }
      return ses.call(operation, input, principal, options);
    },
  };
}
