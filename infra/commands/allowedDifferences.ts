import type { Difference } from './environmentDiff.ts';

/** A difference between stages that is meant. */
export interface AllowedDifference {
  /** Of an address, `*` for any text without a dot: `*.aws_dynamodb_table.*`. */
  readonly address: string;
  /** Of an attribute's path; `*` as above. */
  readonly attribute: string;
  readonly reason: string;
}

/** Everything in which two stages at one rung may differ. A stage is a rehearsal of the next only while this list is short. */
export const allowedBetweenStages: readonly AllowedDifference[] = [
  {
    address: '*.terraform',
    attribute: 'backend.s3.key',
    reason: 'Each stage keeps a state of its own.',
  },
  {
    address: '*.data.terraform_remote_state.*',
    attribute: 'config.key',
    reason: "A stack reads the state of its own stage's stacks.",
  },
  {
    address: '*.provider',
    attribute: 'aws.*.default_tags.*.tags.stage',
    reason: 'Bills are split by this tag.',
  },
  {
    address: 'api.aws_appsync_graphql_api.graphql',
    attribute: 'introspection_config',
    reason: 'Tools ask dev for its schema; strangers do not ask prod.',
  },
  {
    address: '*.aws_cloudwatch_log_group.*',
    attribute: 'retention_in_days',
    reason: 'What happened in prod is asked about for a year.',
  },
  {
    address: 'edge.aws_s3_bucket_lifecycle_configuration.*',
    attribute: 'rule.*.expiration.*.days',
    reason: 'Access logs are kept as long as the other logs of the stage.',
  },
  {
    address: 'data.aws_dynamodb_table.*',
    attribute: 'deletion_protection_enabled',
    reason: 'dev and staging are thrown away, prod is not.',
  },
  {
    address: 'data.aws_cognito_user_pool.members',
    attribute: 'deletion_protection',
    reason: 'dev and staging are thrown away, prod is not.',
  },
  {
    address: 'data.aws_cognito_user_pool_client.front_end',
    attribute: 'callback_urls',
    reason: 'dev signs in to pages of a laptop, too; other stages to those of their domain alone.',
  },
  {
    address: 'data.aws_cognito_user_pool_client.front_end',
    attribute: 'logout_urls',
    reason: 'dev signs in to pages of a laptop, too; other stages to those of their domain alone.',
  },
  {
    address: 'data.aws_cognito_user_pool_client.front_end',
    attribute: 'allowed_oauth_*',
    reason:
      'Without a domain, which the lowest rung may do without, only dev has a page that the login page comes back to.',
  },
  {
    address: 'data.aws_cognito_user_pool_client.front_end',
    attribute: 'supported_identity_providers',
    reason:
      'Without a domain, which the lowest rung may do without, only dev has a page that the login page comes back to.',
  },
  {
    address: '*.aws_s3_bucket.*',
    attribute: 'force_destroy',
    reason: 'dev and staging are thrown away with what is in them, prod is not.',
  },
  {
    address: 'data.aws_athena_workgroup.*',
    attribute: 'force_destroy',
    reason: 'dev and staging are thrown away with the questions that were asked, prod is not.',
  },
  {
    address: 'data.aws_backup_vault.backups',
    attribute: 'force_destroy',
    reason: 'dev and staging are thrown away with what is in them, prod is not.',
  },
  {
    address: '*.*.*',
    attribute: 'lifecycle',
    reason: 'Terraform refuses to destroy what holds data in prod.',
  },
  {
    address: '*.*.*',
    attribute: 'lifecycle.prevent_destroy',
    reason: 'Terraform refuses to destroy what holds data in prod.',
  },
  {
    address: 'bootstrap.aws_iam_role.*',
    attribute: 'assume_role_policy.Statement.*.Condition.StringEquals.token.actions.githubusercontent.com:sub',
    reason: 'Workflows deploy a stage from the GitHub environment of its name.',
  },
];

export function isAllowed(
  { address, attribute }: Difference,
  list: readonly AllowedDifference[] = allowedBetweenStages,
): boolean {
  return list.some((allowed) => matches(allowed.address, address) && matches(allowed.attribute, attribute));
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^.]*')}$`).test(text);
}
