import {
  Construct,
  DataAwsIamOpenidConnectProvider,
  IamOpenidConnectProvider,
  IamRole,
  IamRolePolicy,
  IamRolePolicyAttachment,
  type S3Bucket,
} from '../aws.ts';
import { policy } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';

export interface DeploymentRoleProps {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly states: S3Bucket;
}

export interface DeploymentRoles {
  /** For pull requests, from the GitHub environment `STAGE-plan`: it reads settings and state, never members' data. */
  readonly plan: IamRole;
  /** For deployments, from the GitHub environment `STAGE`, which asks for approval where the stage needs it. */
  readonly apply: IamRole;
}

const ISSUER = 'token.actions.githubusercontent.com';

/**
 * Roles for GitHub's workflows: short-lived credentials instead of keys.
 * https://docs.github.com/actions/concepts/security/openid-connect
 */
export function deploymentRoles(stack: Stack, props: DeploymentRoleProps): DeploymentRoles {
  const provider = identityProvider(stack);
  const { stage } = stack.config;
  return {
    plan: planRole(stack, props, trustWorkflow(provider, props.repository, `${stage}-plan`)),
    apply: applyRole(stack, props, trustWorkflow(provider, props.repository, stage)),
  };
}

/** An account has one provider for GitHub, so of the stages of one account only one makes it. */
function identityProvider(stack: Stack): string {
  const url = `https://${ISSUER}`;
  if (!stack.config.createsIdentityProvider) return new DataAwsIamOpenidConnectProvider(stack, 'github', { url }).arn;
  return new IamOpenidConnectProvider(stack, 'github', { url, clientIdList: ['sts.amazonaws.com'] }).arn;
}

/** Only jobs of this repository that run in this GitHub environment. Without `sub`, any repository in the world could. */
function trustWorkflow(provider: string, repository: string, environment: string): string {
  return policy([
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${ISSUER}:aud`]: 'sts.amazonaws.com',
          [`${ISSUER}:sub`]: `repo:${repository}:environment:${environment}`,
        },
      },
    },
  ]);
}

function planRole(stack: Stack, { states }: DeploymentRoleProps, assumeRolePolicy: string): IamRole {
  const scope = new Construct(stack.group('deployment roles'), 'plan_changes');
  const role = new IamRole(scope, 'role', { name: stack.named('plan'), assumeRolePolicy, maxSessionDuration: 3600 });
  new IamRolePolicyAttachment(scope, 'policy', {
    role: role.name,
    policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  });
  new IamRolePolicy(scope, 'no_data', {
    name: 'no-data',
    role: role.name,
    policy: policy([
      // ReadOnlyAccess includes content, which a plan does not need and a pull request must not see.
      { Effect: 'Deny', Action: CONTENT, Resource: '*' },
      { Effect: 'Deny', Action: 's3:GetObject*', NotResource: `${states.arn}/*` },
    ]),
  });
  return role;
}

const CONTENT = [
  'athena:GetQueryResults',
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:GetRecords',
  'dynamodb:PartiQLSelect',
  'dynamodb:Query',
  'dynamodb:Scan',
  'sqs:ReceiveMessage',
  'cognito-idp:AdminGetUser',
  'cognito-idp:ListUsers',
  'cognito-idp:ListUsersInGroup',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:GetQueryResults',
  'logs:StartQuery',
];

/**
 * May make and remove what the stacks are made of. It can make roles of this stage and hand them to services, so it is as
 * strong as an administrator of what the stage does: an account of its own is what limits it.
 */
function applyRole(stack: Stack, { states }: DeploymentRoleProps, assumeRolePolicy: string): IamRole {
  const scope = new Construct(stack.group('deployment roles'), 'apply_changes');
  const role = new IamRole(scope, 'role', { name: stack.named('apply'), assumeRolePolicy, maxSessionDuration: 3600 });
  const roles = `arn:aws:iam::${stack.accountId}:role/${stack.named('*')}`;
  const ownRoles = ['plan', 'apply'].map((id) => `arn:aws:iam::${stack.accountId}:role/${stack.named(id)}`);
  new IamRolePolicy(scope, 'policy', {
    name: 'deploy',
    role: role.name,
    policy: policy([
      { Sid: 'Services', Effect: 'Allow', Action: SERVICES.map((service) => `${service}:*`), Resource: '*' },
      { Sid: 'Roles', Effect: 'Allow', Action: ROLE_ACTIONS, Resource: roles },
      // A deployment must not widen who may deploy.
      { Sid: 'NotItself', Effect: 'Deny', Action: ROLE_CHANGES, Resource: ownRoles },
      {
        Sid: 'HandRolesToServices',
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: roles,
        Condition: { StringEquals: { 'iam:PassedToService': PASSED_TO } },
      },
      {
        Sid: 'ServiceLinkedRoles',
        Effect: 'Allow',
        Action: 'iam:CreateServiceLinkedRole',
        Resource: `arn:aws:iam::${stack.accountId}:role/aws-service-role/*`,
      },
      {
        Sid: 'KeepState',
        Effect: 'Deny',
        Action: ['s3:DeleteBucket', 's3:DeleteObjectVersion'],
        Resource: [states.arn, `${states.arn}/*`],
      },
    ]),
  });
  return role;
}

/** IAM's prefixes of the services that the stacks use. */
const SERVICES = [
  'acm',
  'application-autoscaling',
  'appsync',
  'athena',
  'backup',
  'backup-storage',
  'budgets',
  'cloudfront',
  'cloudtrail',
  'cloudwatch',
  'cognito-identity',
  'cognito-idp',
  'dynamodb',
  'events',
  'glue',
  'kms',
  'lambda',
  'logs',
  'route53',
  's3',
  'scheduler',
  'ses',
  'sns',
  'sqs',
  'ssm',
  'synthetics',
  'wafv2',
  'xray',
];

const ROLE_CHANGES = [
  'iam:AttachRolePolicy',
  'iam:DeleteRole',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
];

const ROLE_ACTIONS = [
  ...ROLE_CHANGES,
  'iam:CreateRole',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListInstanceProfilesForRole',
  'iam:ListRolePolicies',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:UpdateRole',
];

const PASSED_TO = [
  'appsync.amazonaws.com',
  'backup.amazonaws.com',
  'cognito-identity.amazonaws.com',
  'cognito-idp.amazonaws.com',
  'lambda.amazonaws.com',
  'scheduler.amazonaws.com',
];
