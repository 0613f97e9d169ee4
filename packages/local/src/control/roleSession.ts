import type { Credentials } from '../aws/credentials.ts';
import { AwsError } from '../aws/error.ts';
import { systemClock } from '../clock.ts';
import type { JsonObject } from '../json.ts';
import type { IamDefinition } from '../services/iam/definition.ts';

const AN_HOUR = 60 * 60 * 1_000;

/**
 * Temporary keys of a role. STS would ask the trust policy, which for most roles names a service of AWS and no person: only a
 * laptop can try what such a role may do. What these keys do does not count as use of its permissions.
 *
 * @throws AwsError `NoSuchEntityException`
 */
export function roleSession(credentials: Credentials, { roles }: IamDefinition, name: string): JsonObject {
  const role = roles.find((one) => one.name === name);
  if (!role) throw new AwsError('NoSuchEntityException', `The role with name ${name} cannot be found.`);
  const { arn, address } = role;
  const key = credentials.issueSession({ arn, address, isTrial: true }, systemClock.now() + AN_HOUR);
  return { AccessKeyId: key.accessKeyId, SecretAccessKey: key.secretAccessKey, SessionToken: key.sessionToken };
}
