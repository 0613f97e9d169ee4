import type { Principal } from '../aws/service.ts';
import type { ResourceSet } from './resourceSet.ts';

/** The role with that ARN, as the principal of the calls that are made with it. */
export function principalOfRole(resources: ResourceSet, roleArn: string, from: string): Principal {
  const role = resources.find('aws_iam_role', 'arn', roleArn, from);
  return { arn: roleArn, address: role.address };
}
