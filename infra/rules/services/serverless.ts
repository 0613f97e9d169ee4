import { block, blocks, isTrue, text, texts } from '../model/json.ts';
import type { Resource } from '../model/system.ts';
import { resourceRule, type Rule } from '../rule.ts';

/** Servers and what only servers need. */
const SERVERS: Readonly<Record<string, string>> = {
  aws_instance: 'Lambda',
  aws_launch_template: 'Lambda',
  aws_autoscaling_group: 'Lambda',
  aws_spot_instance_request: 'Lambda',
  aws_ecs_service: 'Lambda',
  aws_eks_cluster: 'Lambda',
  aws_lb: 'AppSync and CloudFront',
  aws_alb: 'AppSync and CloudFront',
  aws_elb: 'AppSync and CloudFront',
  aws_db_instance: 'DynamoDB',
  aws_rds_cluster: 'DynamoDB',
  aws_elasticache_cluster: "AppSync's cache",
  aws_elasticache_replication_group: "AppSync's cache",
  aws_dax_cluster: "AppSync's cache",
  aws_nat_gateway: 'no VPC',
};

/** Types that are billed while nobody calls, and what turns them on. */
const HOURLY: Readonly<Record<string, string>> = {
  aws_appsync_api_cache: 'apiCache',
  aws_wafv2_web_acl: 'webAcl',
  aws_synthetics_canary: 'canary',
  aws_route53_health_check: 'canary',
  aws_kms_key: 'customerManagedKeys',
  aws_lambda_provisioned_concurrency_config: 'nothing',
  aws_appautoscaling_target: 'provisionedTargetPercent',
  aws_kinesis_stream: 'nothing',
  aws_vpc_endpoint: 'nothing',
  aws_redshift_cluster: 'nothing',
  aws_opensearch_domain: 'nothing',
};

/** Data that is gone when the resource is: what else protects each beside `prevent_destroy`. */
const STATEFUL: Readonly<Record<string, ((resource: Resource) => boolean) | null>> = {
  aws_dynamodb_table: ({ args }) => isTrue(args.deletion_protection_enabled),
  aws_cognito_user_pool: ({ args }) => args.deletion_protection === 'ACTIVE',
  aws_s3_bucket: ({ args }) => !isTrue(args.force_destroy),
  aws_kms_key: null,
  aws_backup_vault: null,
};

export const serverless: readonly Rule[] = [
  resourceRule({
    id: 'serverless/no-servers',
    scanners: [],
    reason: 'Nothing is patched, sized or paid for while nobody calls.',
    types: Object.keys(SERVERS),
    inspect: ({ type }) => ({ problem: 'is a server or needs one', fix: `use ${SERVERS[type]}` }),
  }),
  resourceRule({
    id: 'serverless/lowest-rung-idles-free',
    scanners: [],
    reason: 'At the lowest rung nothing is billed by the hour.',
    types: [...Object.keys(HOURLY), 'aws_dynamodb_table'],
    inspect: ({ type, args }, { rung }) => {
      if (rung !== 'users') return undefined;
      if (type !== 'aws_dynamodb_table')
        return { problem: 'is billed while nobody calls', fix: `leave it to ${HOURLY[type]} of a higher rung` };
      return args.billing_mode === 'PAY_PER_REQUEST'
        ? undefined
        : { problem: 'has capacity by the hour', fix: "set billingMode to 'PAY_PER_REQUEST'" };
    },
  }),
  resourceRule({
    id: 'serverless/no-open-ingress',
    scanners: ['CKV_AWS_24', 'CKV_AWS_25', 'CKV_AWS_260', 'CKV_AWS_277', 'AWS-0107'],
    reason: 'No port is open to the internet.',
    types: ['aws_security_group', 'aws_security_group_rule', 'aws_vpc_security_group_ingress_rule'],
    inspect: ({ args }) => {
      const incoming = args.type === 'egress' ? [] : [args, ...blocks(args.ingress)];
      const sources = incoming.flatMap((rule) => [
        ...texts(rule.cidr_blocks),
        ...texts(rule.ipv6_cidr_blocks),
        text(rule.cidr_ipv4),
        text(rule.cidr_ipv6),
      ]);
      return sources
        .filter((source) => source === '0.0.0.0/0' || source === '::/0')
        .map((source) => ({ problem: `lets ${source} in`, fix: 'remove the rule: nothing here needs a VPC' }));
    },
  }),
  resourceRule({
    id: 'stateful/protected',
    scanners: [],
    reason: 'In prod neither AWS nor Terraform deletes what holds data until somebody switches that off first.',
    types: Object.keys(STATEFUL),
    inspect: (resource, { stage }) => {
      if (stage !== 'prod') return undefined;
      const guarded = STATEFUL[resource.type]?.(resource) ?? true;
      return [
        ...(guarded
          ? []
          : [{ problem: 'may be deleted in prod', fix: 'set its deletion protection (infra/stages.ts)' }]),
        ...(isTrue(block(resource.args.lifecycle).prevent_destroy)
          ? []
          : [{ problem: 'may be destroyed by a plan in prod', fix: 'set lifecycle.preventDestroy' }]),
      ];
    },
  }),
];
