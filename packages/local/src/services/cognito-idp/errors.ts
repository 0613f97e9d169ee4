import { AwsError } from '../../aws/error.ts';

/** Cognito's refusals in its own words. Every message is what AWS answers, unless its comment says otherwise. */

export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message);
export const notAuthorized = (message: string) => new AwsError('NotAuthorizedException', message);
export const resourceNotFound = (message: string) => new AwsError('ResourceNotFoundException', message);

export const incorrectLogin = () => notAuthorized('Incorrect username or password.');
export const passwordAttemptsExceeded = () => notAuthorized('Password attempts exceeded');
export const userNotFound = (message = 'User does not exist.') => new AwsError('UserNotFoundException', message);
export const userDisabled = () => notAuthorized('User is disabled.');
export const userNotConfirmed = () => new AwsError('UserNotConfirmedException', 'User is not confirmed.');
export const usernameExists = (message = 'User already exists') => new AwsError('UsernameExistsException', message);
export const aliasExists = (attribute: string) =>
  new AwsError('AliasExistsException', `An account with the given ${attribute} already exists.`);
export const invalidPassword = (rule: string) =>
  new AwsError('InvalidPasswordException', `Password did not conform with policy: ${rule}`);
export const codeMismatch = () =>
  new AwsError('CodeMismatchException', 'Invalid verification code provided, please try again.');
export const expiredCode = () =>
  new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
export const attemptLimitExceeded = () =>
  new AwsError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
export const invalidSession = () => notAuthorized('Invalid session for the user.');
/** In our words. */
export const smsNotConfigured = () =>
  invalidParameter('The user pool cannot send text messages: it has no SMS configuration.');
