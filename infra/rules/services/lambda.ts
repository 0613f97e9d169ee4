import { block, blocks, isBlock, number, text, texts } from '../model/json.ts';
import { resourceRule, type Rule } from '../rule.ts';

const FUNCTION = ['aws_lambda_function'] as const;

/** Runtimes that Lambda still updates. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
const SUPPORTED_RUNTIMES = [
  ...['nodejs22.x', 'nodejs24.x', 'python3.11', 'python3.12', 'python3.13', 'python3.14'],
  ...['java11', 'java17', 'java21', 'java25', 'dotnet8', 'dotnet10', 'ruby3.3', 'ruby3.4', 'provided.al2023'],
];

/** Keys of AWS, private keys, and values of variables that are named like secrets. */
const SECRET = /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const SECRET_NAME = /(SECRET|PASSWORD|TOKEN|PRIVATE_KEY|API_KEY|ACCESS_KEY)$/;

export const lambda: readonly Rule[] = [
  resourceRule({
    id: 'lambda/tracing',
    scanners: ['CKV_AWS_50', 'AWS-0066'],
    reason: 'A slow request can be followed into the function.',
    types: FUNCTION,
    inspect: ({ args }) =>
      ['Active', 'PassThrough'].includes(text(block(args.tracing_config).mode))
        ? undefined
        : {
            problem: 'is not traced',
            fix: "set tracingConfig.mode to 'PassThrough', or 'Active' where it begins the trace",
          },
  }),
  resourceRule({
    id: 'lambda/environment-key',
    scanners: ['CKV_AWS_173'],
    reason: 'Variables of the environment are encrypted with a key of our own.',
    types: FUNCTION,
    inspect: ({ args }) =>
      blocks(args.environment).length > 0 && text(args.kms_key_arn) === ''
        ? { problem: 'has an environment encrypted with a key of AWS', fix: 'set kmsKeyArn' }
        : undefined,
  }),
  resourceRule({
    id: 'lambda/runtime',
    scanners: ['CKV_AWS_363'],
    reason: 'Lambda neither creates nor patches functions of a runtime that has ended.',
    types: FUNCTION,
    inspect: ({ args }) =>
      args.package_type === 'Image' || SUPPORTED_RUNTIMES.includes(text(args.runtime))
        ? undefined
        : { problem: `has the runtime ${text(args.runtime)}`, fix: `use one of ${SUPPORTED_RUNTIMES.join(', ')}` },
  }),
  resourceRule({
    id: 'lambda/no-secrets',
    scanners: ['CKV_AWS_45'],
    reason: "Whoever may read a function's configuration reads its environment, and state files keep it.",
    types: FUNCTION,
    inspect: ({ args }) => {
      const variables = block(args.environment).variables;
      return Object.entries(isBlock(variables) ? variables : {})
        .filter(
          ([name, value]) => SECRET.test(text(value)) || (SECRET_NAME.test(name) && !text(value).startsWith('${')),
        )
        .map(([name]) => ({
          problem: `has a secret in ${name}`,
          fix: 'keep it in SSM or Secrets Manager and pass its name',
        }));
    },
  }),
  resourceRule({
    id: 'lambda/permission-source',
    scanners: ['CKV_AWS_301', 'CKV_AWS_364', 'AWS-0067'],
    reason: 'A service may invoke on behalf of our resource, not on behalf of another customer of that service.',
    types: ['aws_lambda_permission'],
    inspect: ({ args }) => [
      ...(args.principal === '*' ? [{ problem: 'lets everyone invoke', fix: 'name the principal' }] : []),
      ...(text(args.principal).endsWith('.amazonaws.com') &&
      text(args.source_arn) === '' &&
      text(args.source_account) === ''
        ? [{ problem: `lets ${text(args.principal)} invoke for anybody`, fix: 'set sourceArn' }]
        : []),
    ],
  }),
  resourceRule({
    id: 'lambda/url-authorization',
    scanners: ['CKV_AWS_258'],
    reason: 'A function URL without authorization is open to the internet.',
    types: ['aws_lambda_function_url'],
    inspect: ({ args }) =>
      args.authorization_type === 'AWS_IAM'
        ? undefined
        : { problem: 'is open to everyone', fix: "set authorizationType to 'AWS_IAM' and let CloudFront sign" },
  }),
  resourceRule({
    id: 'lambda/async-destination',
    scanners: ['CKV_AWS_116'],
    reason: 'An event that failed for good is kept somewhere. Functions fed by a queue or a stream have theirs there.',
    types: FUNCTION,
    inspect: (lambda, system) => {
      const asynchronous = system
        .ofType('aws_scheduler_schedule', 'aws_cloudwatch_event_target', 'aws_sns_topic_subscription')
        .find((source) =>
          [block(source.args.target).arn, source.args.arn, source.args.endpoint].some(
            (target) => system.follow(source, target)?.resource === lambda,
          ),
        );
      const kept =
        blocks(lambda.args.dead_letter_config).length > 0 ||
        system
          .ofType('aws_lambda_function_event_invoke_config')
          .some(
            (each) =>
              system.follow(each, each.args.function_name)?.resource === lambda &&
              blocks(each.args.destination_config).length > 0,
          ) ||
        (asynchronous !== undefined && blocks(block(asynchronous.args.target).dead_letter_config).length > 0);
      return asynchronous && !kept
        ? { problem: `loses events of ${asynchronous.address} that fail`, fix: 'set deadLetterConfig' }
        : undefined;
    },
  }),
  resourceRule({
    id: 'lambda/no-provisioned-concurrency',
    scanners: [],
    reason: 'It is paid for by the hour and overflows into cold starts anyway; reads never touch Lambda.',
    types: ['aws_lambda_provisioned_concurrency_config'],
    inspect: () => ({ problem: 'keeps instances warm by the hour', fix: 'remove it; answer by a direct resolver' }),
  }),
  resourceRule({
    id: 'lambda/limits',
    scanners: [],
    reason: 'Lambda runs 1 to 900 seconds with 128 to 10,240 MB.',
    types: FUNCTION,
    inspect: ({ args }) => [
      ...within('timeout', number(args.timeout) ?? 3, 1, 900),
      ...within('memorySize', number(args.memory_size) ?? 128, 128, 10_240),
    ],
  }),
  resourceRule({
    id: 'lambda/stream-failures',
    scanners: [],
    reason:
      'A record that always fails would hold its shard up for a day; with partial failures and an end of retries it does not.',
    types: ['aws_lambda_event_source_mapping'],
    inspect: ({ args }) => {
      const partial = texts(args.function_response_types).includes('ReportBatchItemFailures');
      const stream = args.starting_position !== undefined;
      const retries = number(args.maximum_retry_attempts) ?? -1;
      return [
        ...(partial
          ? []
          : [{ problem: 'fails whole batches', fix: "set functionResponseTypes ['ReportBatchItemFailures']" }]),
        ...(stream && retries < 0 ? [{ problem: 'retries for ever', fix: 'set maximumRetryAttempts' }] : []),
      ];
    },
  }),
];

function within(property: string, value: number, from: number, to: number) {
  return value >= from && value <= to
    ? []
    : [{ problem: `has a ${property} of ${value}`, fix: `set it from ${from} to ${to}` }];
}
