import type { Block, Json, TerraformDocument } from '../targets.ts';

/** An account that is nobody's: AWS's own examples use it. */
export const ACCOUNT = '123456789012';
const REGION = 'us-east-1';

/** What a type's ARN looks like after the account, where the provider's resources check more than `arn:aws:...`. */
const ARN_OF: Readonly<Record<string, (id: string) => string>> = {
  aws_s3_bucket: (id) => `arn:aws:s3:::${id}`,
  aws_iam_role: (id) => `arn:aws:iam::${ACCOUNT}:role/${id}`,
  aws_iam_policy: (id) => `arn:aws:iam::${ACCOUNT}:policy/${id}`,
  aws_iam_openid_connect_provider: (id) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${id}`,
  aws_cloudfront_distribution: (id) => `arn:aws:cloudfront::${ACCOUNT}:distribution/${id}`,
  aws_cloudfront_function: (id) => `arn:aws:cloudfront::${ACCOUNT}:function/${id}`,
  aws_dynamodb_table: (id) => regional('dynamodb', `table/${id}`),
  aws_lambda_function: (id) => regional('lambda', `function:${id}`),
  aws_kms_key: () => regional('kms', 'key/00000000-0000-4000-8000-000000000000'),
  aws_cloudwatch_log_group: (id) => regional('logs', `log-group:${id}`),
  aws_cloudwatch_metric_alarm: (id) => regional('cloudwatch', `alarm:${id}`),
  aws_cognito_user_pool: () => regional('cognito-idp', `userpool/${REGION}_standin00`),
  aws_acm_certificate: () => regional('acm', 'certificate/00000000-0000-4000-8000-000000000000'),
  aws_wafv2_web_acl: (id) =>
    `arn:aws:wafv2:${REGION}:${ACCOUNT}:global/webacl/${id}/00000000-0000-4000-8000-000000000000`,
  aws_appsync_graphql_api: () => regional('appsync', 'apis/standinstandinstandinstand'),
};

/** Attributes that are more than a name. */
const VALUE_OF: Readonly<Record<string, Json>> = {
  'aws_cognito_identity_pool.id': `${REGION}:00000000-0000-4000-8000-000000000000`,
  'aws_cognito_user_pool_client.id': '1h57kf5cpq17m0eml12example',
  'aws_cognito_user_pool.id': `${REGION}_standin00`,
  'aws_cognito_user_pool.endpoint': `cognito-idp.${REGION}.amazonaws.com/${REGION}_standin00`,
  'aws_appsync_graphql_api.id': 'standinstandinstandinstand',
  'aws_appsync_graphql_api.uris': {
    GRAPHQL: `https://standin.appsync-api.${REGION}.amazonaws.com/graphql`,
    REALTIME: `wss://standin.appsync-realtime-api.${REGION}.amazonaws.com/graphql`,
  },
  'aws_acm_certificate.domain_validation_options': [
    {
      domain_name: 'hiroba.example',
      resource_record_name: '_standin.hiroba.example.',
      resource_record_type: 'CNAME',
      resource_record_value: '_standin.acm-validations.aws.',
    },
  ],
  'aws_cloudfront_distribution.hosted_zone_id': 'Z2FDTNDATAQYW2',
  'aws_cloudfront_distribution.domain_name': 'dstandin.cloudfront.net',
  'aws_route53_zone.name_servers': [
    'ns-1.awsdns-01.com',
    'ns-2.awsdns-02.net',
    'ns-3.awsdns-03.org',
    'ns-4.awsdns-04.uk',
  ],
};

/** What data sources that ask AWS would answer. `aws_partition`, `aws_region` and policy documents are computed by the provider. */
export const DATA_ANSWERS: Readonly<Record<string, Block>> = {
  aws_caller_identity: { account_id: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, id: ACCOUNT, user_id: ACCOUNT },
  aws_route53_zone: {
    zone_id: 'Z00000000STANDIN',
    id: 'Z00000000STANDIN',
    name: 'hiroba.example',
    arn: 'arn:aws:route53:::hostedzone/Z00000000STANDIN',
  },
  aws_cloudfront_cache_policy: { id: '00000000-0000-4000-8000-000000000001' },
  aws_cloudfront_origin_request_policy: { id: '00000000-0000-4000-8000-000000000002' },
  aws_cloudfront_response_headers_policy: { id: '00000000-0000-4000-8000-000000000003' },
};

export const COMPUTED_DATA: ReadonlySet<string> = new Set([
  'aws_partition',
  'aws_region',
  'aws_iam_policy_document',
  'terraform_remote_state',
]);

/** What an attribute might be after a deployment: of the right form, and the same at every call. */
export function standIn(type: string, attribute: string, id: string): Json {
  const value = VALUE_OF[`${type}.${attribute}`];
  if (value !== undefined) return value;
  const name = id.replaceAll('_', '-');
  if (attribute === 'stream_arn') return `${arnOf(type, name)}/stream/2026-01-01T00:00:00.000`;
  if (attribute === 'invoke_arn') {
    return `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arnOf(type, name)}/invocations`;
  }
  if (attribute === 'qualified_arn') return `${arnOf(type, name)}:1`;
  if (attribute.endsWith('arn')) return arnOf(type, name);
  if (attribute.endsWith('domain_name')) return `${name}.example.com`;
  if (attribute === 'url') return `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;
  return name;
}

/** Whether the provider looks at the form of this attribute, so that a few letters will not do. */
export function hasForm(type: string, attribute: string): boolean {
  return attribute.endsWith('arn') || Object.hasOwn(VALUE_OF, `${type}.${attribute}`);
}

function arnOf(type: string, id: string): string {
  const [, service = 'service'] = type.split('_');
  return ARN_OF[type]?.(id) ?? regional(service, id);
}

function regional(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

export interface Reference {
  readonly type: string;
  readonly id: string;
  readonly attribute: string;
}

/** An expression of Terraform in a string, not the escaped `$${`. */
const EXPRESSION = /(?<!\$)\$\{([^}]*)\}/g;
const REFERENCE = /(?<![\w.])(aws_\w+)\.([\w-]+)\.(\w+)/g;

/** Every `aws_type.id.attribute` that a document reads, each once. */
export function referencesOf(document: TerraformDocument): Reference[] {
  const found = new Map<string, Reference>();
  for (const [, expression = ''] of JSON.stringify(document).matchAll(EXPRESSION)) {
    for (const [address, type = '', id = '', attribute = ''] of expression.matchAll(REFERENCE)) {
      found.set(address, { type, id, attribute });
    }
  }
  return [...found.values()];
}

/** What a stack's outputs might be, for the stacks that read them. */
export function outputsOf(document: TerraformDocument): Record<string, Json> {
  const outputs = Object.entries(document.output ?? {});
  return Object.fromEntries(outputs.map(([name, { value }]) => [name, evaluated(value ?? null)]));
}

function evaluated(value: Json): Json {
  if (typeof value !== 'string') return value;
  const [whole, only = ''] = /^\$\{([^}]*)\}$/.exec(value) ?? [];
  const plain = /^(aws_\w+)\.([\w-]+)\.(\w+)$/.exec(only);
  if (whole && plain) return standIn(plain[1] ?? '', plain[3] ?? '', plain[2] ?? '');
  return value.replaceAll(EXPRESSION, (_, expression: string) => {
    const [, type = '', id = '', attribute = ''] = [...expression.matchAll(REFERENCE)][0] ?? [];
    const answer = standIn(type, attribute, id);
    return typeof answer === 'string' ? answer : 'stand-in';
  });
}
