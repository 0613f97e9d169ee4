import { AwsError } from '../../aws/error.ts';

/** The service's refusals in its own words. Every message is what AWS answers, unless its comment says otherwise. */

export const notAuthorized = (message: string) => new AwsError('NotAuthorizedException', message);
export const invalidLogin = (reason: string) => notAuthorized(`Invalid login token. ${reason}`);
export const guestsRefused = () => notAuthorized('Unauthenticated access is not supported for this identity pool.');
export const foreignProvider = () => notAuthorized('Token is not from a supported provider of this identity pool.');
export const identityForbidden = (id: string) => notAuthorized(`Access to Identity '${id}' is forbidden.`);
export const loginsDiffer = () =>
  notAuthorized("Logins don't match. Please include at least one valid login for this identity or identity pool.");

export const poolNotFound = (id: string) =>
  new AwsError('ResourceNotFoundException', `IdentityPool '${id}' not found.`);
export const identityNotFound = (id: string) =>
  new AwsError('ResourceNotFoundException', `Identity '${id}' not found.`);

export const badConfiguration = () =>
  new AwsError(
    'InvalidIdentityPoolConfigurationException',
    'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
  );

export const classicFlowRefused = () =>
  new AwsError('InvalidParameterException', 'Basic (classic) flow is not enabled, please use enhanced flow.');

export function violated(member: string, constraint: string, value = ''): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value ${value}at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
