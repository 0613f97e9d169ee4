import type { GroupName } from './model.ts';

/** The colours of AWS's own icons go by category. */
export type Category =
  'people' | 'network' | 'security' | 'integration' | 'database' | 'storage' | 'compute' | 'management';

export interface Kind {
  readonly service: string;
  readonly category: Category;
  /** The icon, as a file of https://github.com/awslabs/aws-icons-for-plantuml at version 20 without `.puml`. */
  readonly icon: string;
}

export const kinds = {
  people: { service: 'People', category: 'people', icon: 'General/User' },
  cdn: { service: 'CloudFront', category: 'network', icon: 'NetworkingContentDelivery/CloudFront' },
  dns: { service: 'Route 53', category: 'network', icon: 'NetworkingContentDelivery/Route53' },
  firewall: { service: 'WAF', category: 'security', icon: 'SecurityIdentityCompliance/WAF' },
  certificate: { service: 'ACM', category: 'security', icon: 'SecurityIdentityCompliance/CertificateManager' },
  userPool: { service: 'Cognito', category: 'security', icon: 'SecurityIdentityCompliance/Cognito' },
  key: { service: 'KMS', category: 'security', icon: 'SecurityIdentityCompliance/KeyManagementService' },
  api: { service: 'AppSync', category: 'integration', icon: 'ApplicationIntegration/AppSync' },
  table: { service: 'DynamoDB', category: 'database', icon: 'Database/DynamoDB' },
  bucket: { service: 'S3', category: 'storage', icon: 'Storage/SimpleStorageService' },
  backup: { service: 'Backup', category: 'storage', icon: 'Storage/Backup' },
  lambda: { service: 'Lambda', category: 'compute', icon: 'Compute/LambdaLambdaFunction' },
  queue: { service: 'SQS', category: 'integration', icon: 'ApplicationIntegration/SimpleQueueService' },
  topic: { service: 'SNS', category: 'integration', icon: 'ApplicationIntegration/SimpleNotificationService' },
  schedule: { service: 'Scheduler', category: 'integration', icon: 'ApplicationIntegration/EventBridgeScheduler' },
  rule: { service: 'EventBridge', category: 'integration', icon: 'ApplicationIntegration/EventBridge' },
  delivery: { service: 'Firehose', category: 'integration', icon: 'Analytics/DataFirehose' },
  analytics: { service: 'Athena', category: 'integration', icon: 'Analytics/Athena' },
  mail: { service: 'SES', category: 'integration', icon: 'BusinessApplications/SimpleEmailService' },
  monitoring: { service: 'CloudWatch', category: 'management', icon: 'ManagementGovernance/CloudWatch' },
  trail: { service: 'CloudTrail', category: 'management', icon: 'ManagementGovernance/CloudTrail' },
  roles: { service: 'IAM', category: 'security', icon: 'SecurityIdentityCompliance/IdentityandAccessManagement' },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;

/** Resources that are nodes of their own. */
export const drawnAlone: Readonly<Record<string, { readonly kind: KindName; readonly group: GroupName }>> = {
  aws_cloudfront_distribution: { kind: 'cdn', group: 'edge' },
  aws_cognito_user_pool: { kind: 'userPool', group: 'identity' },
  aws_cognito_identity_pool: { kind: 'userPool', group: 'identity' },
  aws_appsync_graphql_api: { kind: 'api', group: 'api' },
  aws_dynamodb_table: { kind: 'table', group: 'tables' },
  aws_s3_bucket: { kind: 'bucket', group: 'objects' },
  aws_lambda_function: { kind: 'lambda', group: 'workers' },
  aws_sqs_queue: { kind: 'queue', group: 'messages' },
  aws_sns_topic: { kind: 'topic', group: 'messages' },
  aws_scheduler_schedule: { kind: 'schedule', group: 'messages' },
  aws_kinesis_firehose_delivery_stream: { kind: 'delivery', group: 'messages' },
};

/** A node for many resources. */
export interface Counted {
  readonly kind: KindName;
  readonly group: GroupName;
  readonly title: string;
  /** Only resources of this stack; absent: of all that no row before has taken. */
  readonly stack?: string;
  /** Only resources that one of these types names. */
  readonly namedBy?: readonly string[];
  /** How to count a type: a phrase for one, and one for several. */
  readonly types: Readonly<Record<string, readonly [one: string, several: string]>>;
}

/** Resources that one node stands for, however many there are. The first row that fits takes a resource. */
export const drawnTogether: readonly Counted[] = [
  {
    kind: 'roles',
    group: 'operations',
    title: 'Deployment',
    stack: 'bootstrap',
    types: {
      aws_s3_bucket: ['bucket of Terraform state', 'buckets of Terraform state'],
      aws_iam_openid_connect_provider: ['CI identity provider', 'CI identity providers'],
      aws_iam_role: ['role', 'roles'],
    },
  },
  {
    kind: 'bucket',
    group: 'operations',
    title: 'Logs to keep',
    namedBy: ['aws_cloudwatch_log_delivery_destination', 'aws_cloudtrail'],
    types: { aws_s3_bucket: ['bucket', 'buckets'] },
  },
  {
    kind: 'dns',
    group: 'edge',
    title: 'DNS',
    types: { aws_route53_zone: ['zone', 'zones'], aws_route53_record: ['record', 'records'] },
  },
  {
    kind: 'certificate',
    group: 'edge',
    title: 'Certificates',
    types: { aws_acm_certificate: ['certificate', 'certificates'] },
  },
  {
    kind: 'firewall',
    group: 'edge',
    title: 'Firewall',
    types: { aws_wafv2_web_acl: ['web ACL', 'web ACLs'] },
  },
  {
    kind: 'mail',
    group: 'messages',
    title: 'Mail',
    types: { aws_sesv2_email_identity: ['identity', 'identities'], aws_sesv2_configuration_set: ['set', 'sets'] },
  },
  {
    kind: 'analytics',
    group: 'messages',
    title: 'Archive queries',
    types: { aws_athena_workgroup: ['workgroup', 'workgroups'], aws_glue_catalog_table: ['table', 'tables'] },
  },
  {
    kind: 'rule',
    group: 'messages',
    title: 'Events',
    types: { aws_cloudwatch_event_rule: ['rule', 'rules'] },
  },
  {
    kind: 'monitoring',
    group: 'operations',
    title: 'Monitoring',
    types: {
      aws_cloudwatch_dashboard: ['dashboard', 'dashboards'],
      aws_cloudwatch_metric_alarm: ['alarm', 'alarms'],
      aws_cloudwatch_composite_alarm: ['composite alarm', 'composite alarms'],
      aws_cloudwatch_log_group: ['log group', 'log groups'],
      aws_cloudwatch_query_definition: ['saved query', 'saved queries'],
      aws_cloudwatch_log_metric_filter: ['metric of a log', 'metrics of logs'],
      aws_synthetics_canary: ['canary', 'canaries'],
      aws_route53_health_check: ['health check', 'health checks'],
      aws_budgets_budget: ['budget', 'budgets'],
    },
  },
  {
    kind: 'topic',
    group: 'operations',
    title: 'Incidents',
    stack: 'observability',
    types: {
      aws_sns_topic: ['topic', 'topics'],
      aws_lambda_function: ['function', 'functions'],
      aws_scheduler_schedule: ['schedule', 'schedules'],
      aws_sqs_queue: ['queue', 'queues'],
    },
  },
  {
    kind: 'trail',
    group: 'operations',
    title: 'Audit',
    types: { aws_cloudtrail: ['trail', 'trails'] },
  },
  {
    kind: 'key',
    group: 'operations',
    title: 'Keys',
    types: { aws_kms_key: ['customer managed key', 'customer managed keys'] },
  },
  {
    kind: 'backup',
    group: 'operations',
    title: 'Backups',
    types: { aws_backup_plan: ['plan', 'plans'], aws_backup_vault: ['vault', 'vaults'] },
  },
  {
    kind: 'roles',
    group: 'operations',
    title: 'Roles',
    types: { aws_iam_role: ['role', 'roles'] },
  },
];

/**
 * Resources that are part of a node: the argument that names what they belong to. What is said of a part is said of the
 * node, so that a line to an alias of a function is a line to the function.
 */
export const partOf: Readonly<Record<string, string>> = {
  aws_appsync_api_cache: 'api_id',
  aws_appsync_api_key: 'api_id',
  aws_appsync_datasource: 'api_id',
  aws_appsync_domain_name_api_association: 'api_id',
  aws_appsync_function: 'api_id',
  aws_appsync_resolver: 'api_id',
  aws_cognito_identity_pool_roles_attachment: 'identity_pool_id',
  aws_cognito_user_group: 'user_pool_id',
  aws_cognito_identity_provider: 'user_pool_id',
  aws_cognito_user_pool_client: 'user_pool_id',
  aws_cognito_user_pool_domain: 'user_pool_id',
  aws_lambda_alias: 'function_name',
  aws_lambda_function_url: 'function_name',
};

/** Resources that are lines, or that say nothing more about the shape of the system than the node they configure. */
export const notNodes: Readonly<Record<string, string>> = {
  aws_acm_certificate_validation: 'waits until the certificate is issued',
  aws_appautoscaling_policy: 'a setting of the table',
  aws_appautoscaling_scheduled_action: 'a setting of the table',
  aws_appautoscaling_target: 'a setting of the table',
  aws_appsync_domain_name: "the API's address",
  aws_backup_selection: 'what the backup plan copies',
  aws_cloudfront_cache_policy: 'a setting of the distribution',
  aws_cloudfront_key_group: 'whose cookies the distribution takes',
  aws_cloudfront_origin_access_control: 'how the edge signs its requests to origins',
  aws_cloudfront_public_key: 'whose cookies the distribution takes',
  aws_cloudfront_response_headers_policy: 'a setting of the distribution',
  aws_cloudwatch_log_subscription_filter: 'lines from logs to functions',
  aws_cloudwatch_log_delivery: 'how access logs reach their bucket',
  aws_cloudwatch_log_delivery_destination: 'how access logs reach their bucket',
  aws_cloudwatch_log_delivery_source: 'how access logs reach their bucket',
  aws_dynamodb_contributor_insights: 'a setting of the table',
  aws_glue_catalog_database: 'the name that its tables are found under',
  aws_iam_role_policy: 'lines from who has the role to what it may touch',
  aws_iam_role_policy_attachment: 'a policy that AWS keeps, of a service and not of ours',
  aws_kms_alias: 'another name of the key',
  aws_lambda_event_source_mapping: 'lines from tables and queues to functions',
  aws_lambda_function_recursion_config: 'a setting of the function',
  aws_lambda_permission: 'lets the edge call the function',
  aws_s3_bucket_cors_configuration: 'a setting of the bucket',
  aws_s3_bucket_lifecycle_configuration: 'a setting of the bucket',
  aws_s3_bucket_notification: 'lines from buckets to queues',
  aws_s3_bucket_ownership_controls: 'a setting of the bucket',
  aws_s3_bucket_policy: 'a setting of the bucket',
  aws_s3_bucket_public_access_block: 'a setting of the bucket',
  aws_s3_bucket_server_side_encryption_configuration: 'a setting of the bucket',
  aws_s3_bucket_versioning: 'a setting of the bucket',
  aws_s3_object: 'what the bucket holds from the start',
  aws_ses_template: 'the text of a mail',
  aws_sns_topic_policy: 'who may publish to the topic',
  aws_sns_topic_subscription: 'lines from topics to functions',
  aws_sqs_queue_policy: 'which buckets may send to the queue',
  aws_ssm_parameter: 'what functions read while they run',
  aws_wafv2_web_acl_association: 'what the web ACL guards',
  aws_wafv2_web_acl_logging_configuration: 'where the web ACL writes its log',
  aws_xray_sampling_rule: 'how much of the traffic is traced',
};
