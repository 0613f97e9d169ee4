import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import type { IamDefinition } from '../services/iam/index.ts';
import { encryptedResources, keyPolicies } from './keys.ts';
import { lambdaPermissions } from './lambdaPermissions.ts';
import { queuePolicies } from './sqs.ts';
import type { ResourceSet } from './resourceSet.ts';
import { bucketPolicies } from './s3/index.ts';

/** Roles with the policies that the Terraform gives them. */
export function iamDefinition(resources: ResourceSet, accountId: string): IamDefinition {
  // Terraform's `role` takes the name, which is a role's id as well.
  const policies = Map.groupBy(resources.ofType('aws_iam_role_policy'), (policy) => argumentsOf(policy).string('role'));
  refuseAttachedPolicies(resources);
  return {
    resourcePolicies: [
      ...lambdaPermissions(resources),
      ...queuePolicies(resources),
      ...bucketPolicies(resources),
      ...keyPolicies(resources, accountId),
    ],
    encrypted: encryptedResources(resources),
    roles: resources.ofType('aws_iam_role').map((role) => {
      refuseOtherPolicies(role);
      return {
        arn: String(role.attributes['arn']),
        name: String(role.attributes['name']),
        address: role.address,
        trustPolicy: argumentsOf(role).string('assume_role_policy'),
        policies: (policies.get(String(role.attributes['name'])) ?? []).map((policy) => ({
          name: argumentsOf(policy).optionalString('name') ?? policy.name,
          address: policy.address,
          document: argumentsOf(policy).string('policy'),
        })),
      };
    }),
  };
}

/** Ignoring what grants or limits would make the laptop differ from AWS. */
function refuseOtherPolicies(role: ResolvedResource): void {
  for (const argument of ['inline_policy', 'managed_policy_arns', 'permissions_boundary']) {
    const value = role.args[argument];
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    throw new ConfigurationError(
      `${role.address}.${argument} is not emulated by @hiroba/local: write the statements in an aws_iam_role_policy.`,
    );
  }
}

/** Managed policies are accepted for roles that nothing here acts as; elsewhere a permission would be lost unsaid. */
function refuseAttachedPolicies(resources: ResourceSet): void {
  const acting = new Set(
    [
      ...resources.ofType('aws_lambda_function').map(({ args }) => args['role']),
      ...resources.ofType('aws_appsync_datasource').map(({ args }) => args['service_role_arn']),
      ...resources
        .ofType('aws_scheduler_schedule')
        .map((schedule) => argumentsOf(schedule).block('target')?.['role_arn']),
    ].map(String),
  );
  const names = new Set(
    resources
      .ofType('aws_iam_role')
      .filter(({ attributes }) => acting.has(String(attributes['arn'])))
      .map(({ attributes }) => String(attributes['name'])),
  );
  for (const attachment of resources.ofType('aws_iam_role_policy_attachment')) {
    if (!names.has(argumentsOf(attachment).string('role'))) continue;
    throw new ConfigurationError(
      `${attachment.address}: managed policies are not emulated by @hiroba/local: write the statements in an aws_iam_role_policy.`,
    );
  }
}
