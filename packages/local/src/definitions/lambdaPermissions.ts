import type { JsonObject } from '../json.ts';
import { argumentsOf, type ResolvedResource } from '../resources/resourceType.ts';
import type { ResourcePolicyDefinition } from '../services/iam/index.ts';
import type { ResourceSet } from './resourceSet.ts';

/** What each `aws_lambda_permission` adds to the policy of its function, as Lambda writes the statement. */
export function lambdaPermissions(resources: ResourceSet): ResourcePolicyDefinition[] {
  return resources.ofType('aws_lambda_permission').map((permission) => {
    const read = argumentsOf(permission);
    const name = read.string('function_name').split(':function:').at(-1) ?? '';
    const target = resources.find('aws_lambda_function', 'function_name', name, `${permission.address}.function_name`);
    const resourceArn = String(target.attributes['arn']);
    const principal = read.string('principal');
    const allowed: JsonObject = principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal };
    return {
      resourceArn,
      address: permission.address,
      document: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: (read.optionalString('statement_id') ?? permission.name).replace(/[^A-Za-z0-9]/g, ''),
            Effect: 'Allow',
            Principal: principal === '*' ? '*' : allowed,
            Action: read.string('action'),
            Resource: resourceArn,
            ...conditionOf(permission),
          },
        ],
      },
    };
  });
}

function conditionOf(permission: ResolvedResource): JsonObject {
  const read = argumentsOf(permission);
  const sourceArn = read.optionalString('source_arn');
  const equals = {
    ...entry('aws:SourceAccount', read.optionalString('source_account')),
    ...entry('aws:PrincipalOrgID', read.optionalString('principal_org_id')),
    ...entry('lambda:FunctionUrlAuthType', read.optionalString('function_url_auth_type')),
  };
  const condition = {
    ...(sourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': sourceArn } }),
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
  };
  return Object.keys(condition).length === 0 ? {} : { Condition: condition };
}

const entry = (key: string, value: string | undefined): Record<string, string> =>
  value === undefined ? {} : { [key]: value };
