import { interpolationsOf, referencesOf } from './template.ts';

/**
 * What the ARN attributes of a Terraform type look like to AWS, with `x` for each part that is known at deployment only.
 * From each service's page in https://docs.aws.amazon.com/service-authorization/latest/reference/.
 */
const SHAPES: Readonly<Record<string, string>> = {
  'aws_appsync_graphql_api.arn': 'arn:aws:appsync:x:x:apis/x',
  'aws_cloudfront_distribution.arn': 'arn:aws:cloudfront::x:distribution/x',
  'aws_cloudwatch_event_bus.arn': 'arn:aws:events:x:x:event-bus/x',
  'aws_cloudwatch_log_group.arn': 'arn:aws:logs:x:x:log-group:x',
  'aws_cognito_user_pool.arn': 'arn:aws:cognito-idp:x:x:userpool/x',
  'aws_dynamodb_table.arn': 'arn:aws:dynamodb:x:x:table/x',
  'aws_dynamodb_table.stream_arn': 'arn:aws:dynamodb:x:x:table/x/stream/x',
  'aws_iam_role.arn': 'arn:aws:iam::x:role/x',
  'aws_kinesis_firehose_delivery_stream.arn': 'arn:aws:firehose:x:x:deliverystream/x',
  'aws_kms_key.arn': 'arn:aws:kms:x:x:key/x',
  'aws_lambda_alias.arn': 'arn:aws:lambda:x:x:function:x:x',
  'aws_lambda_function.arn': 'arn:aws:lambda:x:x:function:x',
  'aws_lambda_function.qualified_arn': 'arn:aws:lambda:x:x:function:x:x',
  'aws_s3_bucket.arn': 'arn:aws:s3:::x',
  'aws_scheduler_schedule.arn': 'arn:aws:scheduler:x:x:schedule/x/x',
  'aws_scheduler_schedule_group.arn': 'arn:aws:scheduler:x:x:schedule-group/x',
  'aws_secretsmanager_secret.arn': 'arn:aws:secretsmanager:x:x:secret:x',
  'aws_sesv2_configuration_set.arn': 'arn:aws:ses:x:x:configuration-set/x',
  'aws_sesv2_email_identity.arn': 'arn:aws:ses:x:x:identity/x',
  'aws_sns_topic.arn': 'arn:aws:sns:x:x:x',
  'aws_sqs_queue.arn': 'arn:aws:sqs:x:x:x',
  'aws_ssm_parameter.arn': 'arn:aws:ssm:x:x:parameter/x',
};

/** Attributes of cross-stack outputs: `cross-stack-output-aws_sqs_queue_jobs_arn`. */
const CROSS_STACK = /^cross-stack-output-(.+)$/;

/**
 * A resource of a statement as AWS sees it: references by the shape of their ARN, other templates as `x`.
 * `*` when its shape is not known, which fits everything.
 */
export function shapeOf(resource: string): string {
  let shape = '';
  let from = 0;
  for (const { at, end, expression } of interpolationsOf(resource)) {
    shape += resource.slice(from, at);
    const known = arnShape(expression);
    // An unknown reference in front may be a whole ARN.
    if (known === undefined && at === 0) return '*';
    shape += known ?? 'x';
    from = end;
  }
  return shape + resource.slice(from);
}

function arnShape(expression: string): string | undefined {
  const [reference] = referencesOf(expression);
  if (!reference) return undefined;
  const { address, path } = reference;
  const [type = ''] = address.split('.');
  const [, output] = CROSS_STACK.exec(path[1] ?? '') ?? [];
  if (output === undefined) return SHAPES[`${type}.${path[0] ?? ''}`];
  const key = Object.keys(SHAPES).find((each) => {
    const [of = '', attribute = ''] = each.split('.');
    return output.startsWith(`${of}_`) && output.endsWith(`_${attribute}`) && !isLonger(output, attribute);
  });
  return key && SHAPES[key];
}

/** `..._stream_arn` also ends with `_arn`. */
function isLonger(output: string, attribute: string): boolean {
  return attribute === 'arn' && /_(stream|qualified)_arn$/.test(output);
}

/**
 * Whether an ARN, in which `*` stands for anything, can name something that a template of the service names, in which each
 * `${Name}` stands for a part. A part holds no `/` and no `:`, but for keys of objects and the like, which come last.
 */
export function fits(shape: string, template: string): boolean {
  return overlap([...shape], tokens(template));
}

/** Names that hold `/` or `:`. What may be done to a function may be done to its versions, which are `NAME:VERSION`. */
const OPEN_PARTS = /ObjectName|LogGroupName|ParameterName|LogStreamName|RoleNameWithPath|FunctionName/;

type Token = { readonly literal: string } | 'part' | 'anything';

function tokens(template: string): Token[] {
  return template.split(/(\$\{\w+\})/).flatMap((piece): Token[] => {
    if (!piece.startsWith('${')) return [...piece].map((literal) => (literal === '*' ? 'anything' : { literal }));
    return [OPEN_PARTS.test(piece) ? 'anything' : 'part'];
  });
}

function overlap(shape: readonly string[], template: readonly Token[]): boolean {
  const known = new Map<number, boolean>();
  const at = (left: number, right: number): boolean => {
    const key = left * (template.length + 1) + right;
    const before = known.get(key);
    if (before !== undefined) return before;
    known.set(key, false);
    const result = step(left, right);
    known.set(key, result);
    return result;
  };
  const step = (left: number, right: number): boolean => {
    const character = shape[left];
    const token = template[right];
    if (character === undefined && token === undefined) return true;
    if (character === '*') return at(left + 1, right) || (token !== undefined && at(left, right + 1));
    // A part may be empty: the Region and the account of a global service are.
    if (token === 'part' || token === 'anything') {
      const taken = character !== undefined && (token === 'anything' || !/[/:]/.test(character));
      return at(left, right + 1) || (taken && at(left + 1, right));
    }
    return token !== undefined && character === token.literal && at(left + 1, right + 1);
  };
  return at(0, 0);
}
