import type { Mistake } from './draft.ts';

const GRAPHQL = 'api/graphql/resource (api/aws_appsync_graphql_api.graphql)';
const ADDED = 'api/aws_sns_topic.mistake (api/aws_sns_topic.mistake)';

/** What Terraform, or nobody, would find later. */
export const terraformMistakes: readonly Mistake[] = [
  {
    title: 'a template literal in resolver code is not escaped',
    rule: 'terraform/templates-in-code',
    lines: [
      'api/pipeline functions/loadPost (api/aws_appsync_function.loadPost) has "${id}`; }" in its code, line 1, which Terraform would evaluate: pass the text through terraformLiteral()',
    ],
    make: ({ edit }) => {
      edit('api/aws_appsync_function.loadPost').code = 'export function request(id) { return `${id}`; }';
    },
  },
  {
    title: 'a directive of Terraform is in the schema',
    rule: 'terraform/templates-in-code',
    lines: [
      `${GRAPHQL} has "%{ if" in its schema, line 1, which Terraform would evaluate: pass the text through terraformLiteral()`,
    ],
    make: ({ edit }) => {
      edit('api/aws_appsync_graphql_api.graphql').schema = '# 100 %{ if';
    },
  },
  {
    title: 'a reference names a resource that is not declared',
    rule: 'terraform/references',
    lines: [
      `${ADDED} refers to aws_kms_key.topics in kms_master_key_id, which stack api does not declare: refer to the construct, so that its id follows`,
    ],
    make: ({ add }) => add('api/aws_sns_topic.mistake', { name: 'a', kms_master_key_id: '${aws_kms_key.topics.arn}' }),
  },
  {
    title: 'an output of another stack is read by a name that it does not have',
    rule: 'terraform/references',
    lines: [
      `${ADDED} reads the output none_such of stack data in name, which has none of that name: refer to the construct of the other stack`,
    ],
    make: ({ add }) =>
      add('api/aws_sns_topic.mistake', {
        name: '${data.terraform_remote_state.cross-stack-reference-input-data.outputs.none_such}',
      }),
  },
  {
    title: 'an output gives what is not declared',
    rule: 'terraform/references',
    lines: [
      'data/topic (data/output.topic) refers to aws_sns_topic.none in value, which stack data does not declare: refer to the construct, so that its id follows',
    ],
    make: ({ document }) => {
      document('data').output = { ...Object(document('data').output), topic: { value: '${aws_sns_topic.none.arn}' } };
    },
  },
  {
    title: 'an IAM policy variable is not escaped',
    rule: 'terraform/references',
    lines: [
      `${ADDED} has "\${aws:username}" in policy, which is no reference: escape it as $\${ if it is meant for AWS`,
    ],
    make: ({ add }) => add('api/aws_sns_topic.mistake', { name: 'a', policy: 'home/${aws:username}' }),
  },
  {
    title: 'a resource waits for one that is not declared',
    rule: 'terraform/references',
    lines: [`${ADDED} depends on aws_iam_role.none, which is not declared: refer to the construct itself`],
    make: ({ add }) => add('api/aws_sns_topic.mistake', { name: 'a', depends_on: ['aws_iam_role.none'] }),
  },
  {
    title: 'an override sets an argument that the provider does not have',
    rule: 'terraform/attributes',
    lines: [
      `${GRAPHQL} sets query_depth, which aws_appsync_graphql_api does not have: correct the name, or remove the override`,
    ],
    make: ({ edit }) => {
      edit('api/aws_appsync_graphql_api.graphql').query_depth = 10;
    },
  },
  {
    title: 'a text reads an attribute that the resource does not export',
    rule: 'terraform/attributes',
    lines: [
      `${ADDED} reads aws_appsync_graphql_api.graphql.endpoint in display_name, which aws_appsync_graphql_api does not have: use an attribute that it exports`,
    ],
    make: ({ add }) =>
      add('api/aws_sns_topic.mistake', { name: 'a', display_name: '${aws_appsync_graphql_api.graphql.endpoint}' }),
  },
  {
    title: 'two resources wait for each other',
    rule: 'terraform/cycles',
    lines: [
      'api/aws_sns_topic.chicken (api/aws_sns_topic.chicken) waits for itself: aws_sns_topic.chicken -> aws_sns_topic.egg -> aws_sns_topic.chicken: let one of them name the other by text, or split it',
    ],
    make: ({ add }) => {
      add('api/aws_sns_topic.egg', { name: '${aws_sns_topic.chicken.name}-egg' });
      add('api/aws_sns_topic.chicken', { name: '${aws_sns_topic.egg.name}-chicken' });
    },
  },
  {
    title: 'the provider is not pinned',
    rule: 'terraform/provider-pinned',
    lines: ['data (data/terraform) takes any version of the provider aws: pin it'],
    make: ({ document }) => {
      document('data').terraform = { required_providers: { aws: { source: 'aws', version: '~> 6.0' } } };
    },
  },
  {
    title: 'the state of prod is kept in a file',
    rule: 'terraform/state',
    lines: ['data (data/terraform) keeps the state of prod in a file: set HIROBA_STATE_BUCKET'],
    make: ({ document }) => {
      document('data').terraform = { backend: { local: { path: 'terraform.tfstate' } } };
    },
  },
  {
    title: 'the state is not locked',
    rule: 'terraform/state',
    lines: ['data (data/terraform) keeps its state unencrypted or unlocked: set encrypt and use_lockfile'],
    make: ({ document }) => {
      document('data').terraform = { backend: { s3: { bucket: 'states', encrypt: true } } };
    },
  },
  {
    title: 'a table streams a view that does not exist',
    rule: 'values/words',
    lines: [
      'data/dynamodb tables/posts (data/aws_dynamodb_table.posts) has "NEW_AND_OLD" in stream_view_type: use one of KEYS_ONLY, NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES',
    ],
    make: ({ edit }) => {
      edit('data/aws_dynamodb_table.posts').stream_view_type = 'NEW_AND_OLD';
    },
  },
  {
    title: 'CloudFront is to sign in a way that does not exist',
    rule: 'values/words',
    lines: [
      'edge/aws_cloudfront_origin_access_control.mistake (edge/aws_cloudfront_origin_access_control.mistake) has "allways" in signing_behavior: use one of always, never, no-override',
    ],
    make: ({ add }) =>
      add('edge/aws_cloudfront_origin_access_control.mistake', { name: 'a', signing_behavior: 'allways' }),
  },
  {
    title: 'a mapping takes more records at once than Lambda allows',
    rule: 'values/ranges',
    lines: [
      'api/aws_lambda_event_source_mapping.mistake (api/aws_lambda_event_source_mapping.mistake) has 20000 in batch_size: set it from 1 to 10000',
    ],
    make: ({ add }) => add('api/aws_lambda_event_source_mapping.mistake', { batch_size: 20_000 }),
  },
  {
    title: 'somebody adds a server',
    rule: 'serverless/no-servers',
    lines: ['api/aws_instance.mistake (api/aws_instance.mistake) is a server or needs one: use Lambda'],
    make: ({ add }) => add('api/aws_instance.mistake', {}),
  },
  {
    title: 'a port is open to the internet',
    rule: 'serverless/no-open-ingress',
    lines: [
      'api/aws_security_group.mistake (api/aws_security_group.mistake) lets 0.0.0.0/0 in: remove the rule: nothing here needs a VPC',
    ],
    make: ({ add }) =>
      add('api/aws_security_group.mistake', { ingress: [{ from_port: 22, cidr_blocks: ['0.0.0.0/0'] }] }),
  },
  {
    title: 'a table of prod is not protected',
    rule: 'stateful/protected',
    lines: [
      'data/aws_dynamodb_table.mistake (data/aws_dynamodb_table.mistake) may be deleted in prod: set its deletion protection (infra/stages.ts)',
      'data/aws_dynamodb_table.mistake (data/aws_dynamodb_table.mistake) may be destroyed by a plan in prod: set lifecycle.preventDestroy',
    ],
    make: ({ add }) => add('data/aws_dynamodb_table.mistake', {}),
  },
];
