import { block, blocks, isTrue, text, type Block } from '../model/json.ts';
import { resourceRule, type Fault, type Rule } from '../rule.ts';

const TABLE = ['aws_dynamodb_table'] as const;

export const dynamodb: readonly Rule[] = [
  resourceRule({
    id: 'dynamodb/point-in-time-recovery',
    scanners: ['CKV_AWS_28', 'AWS-0024'],
    reason: 'A bad deployment or a bug that deletes can be undone to the second.',
    types: TABLE,
    inspect: ({ args }) =>
      isTrue(block(args.point_in_time_recovery).enabled)
        ? undefined
        : { problem: 'cannot be restored to a moment', fix: 'set pointInTimeRecovery.enabled' },
  }),
  resourceRule({
    id: 'dynamodb/customer-key',
    scanners: ['CKV_AWS_119', 'AWS-0025'],
    reason: 'With a key of our own, access to the data can be seen and ended in one place.',
    types: TABLE,
    inspect: ({ args }) => {
      const encryption = block(args.server_side_encryption);
      return isTrue(encryption.enabled) && text(encryption.kms_key_arn) !== ''
        ? undefined
        : { problem: 'is encrypted with a key that AWS owns', fix: 'set serverSideEncryption with kmsKeyArn' };
    },
  }),
  resourceRule({
    id: 'dynamodb/replica-customer-key',
    scanners: ['CKV_AWS_271'],
    reason: 'A copy in another Region is encrypted as the original is.',
    types: ['aws_dynamodb_table', 'aws_dynamodb_table_replica'],
    inspect: ({ type, args }) =>
      (type === 'aws_dynamodb_table' ? blocks(args.replica) : [args])
        .filter((replica) => text(replica.kms_key_arn) === '')
        .map(() => ({ problem: 'has a replica encrypted with a key that AWS owns', fix: 'set its kmsKeyArn' })),
  }),
  resourceRule({
    id: 'dynamodb/autoscaling',
    scanners: ['CKV2_AWS_16'],
    reason:
      'Provisioned capacity that nothing scales throttles at the peak and is paid for at night. On demand scales itself.',
    types: TABLE,
    inspect: (table, system) => {
      if (table.args.billing_mode === 'PAY_PER_REQUEST') return undefined;
      const scaled = system
        .ofType('aws_appautoscaling_target')
        .filter((target) => scales(text(target.args.resource_id), text(table.args.name), table.id));
      return ['dynamodb:table:ReadCapacityUnits', 'dynamodb:table:WriteCapacityUnits']
        .filter((dimension) => !scaled.some(({ args }) => args.scalable_dimension === dimension))
        .map((dimension) => ({
          problem: `is provisioned and nothing scales its ${dimension.split(':').at(-1)}`,
          fix: 'add an aws_appautoscaling_target and a policy, or bill by request',
        }));
    },
  }),
  resourceRule({
    id: 'dynamodb/keys-declared',
    scanners: [],
    reason: 'DynamoDB wants exactly the attributes that are keys declared; Terraform finds it when it plans.',
    types: TABLE,
    inspect: ({ args }) => keyFaults(args),
  }),
  resourceRule({
    id: 'dynamodb/stream-view',
    scanners: [],
    reason: 'A stream says what its records hold.',
    types: TABLE,
    inspect: ({ args }) =>
      isTrue(args.stream_enabled) === (text(args.stream_view_type) !== '')
        ? undefined
        : { problem: 'has one of streamEnabled and streamViewType', fix: 'set both or neither' },
  }),
];

/** `table/NAME`, by the name itself or by a reference to the table. */
function scales(resourceId: string, name: string, id: string): boolean {
  return (
    resourceId === `table/${name}` ||
    new RegExp(`^table/\\$\\{.*aws_dynamodb_table[._]${id}[._].*\\}$`).test(resourceId)
  );
}

function keyFaults(args: Block): readonly Fault[] {
  const declared = blocks(args.attribute).map((attribute) => text(attribute.name));
  const keys = [args, ...blocks(args.global_secondary_index), ...blocks(args.local_secondary_index)].flatMap((each) =>
    [each.hash_key, each.range_key].flatMap((key) =>
      typeof key === 'string' ? [{ key, index: text(each.name) }] : [],
    ),
  );
  const used = new Set(keys.map(({ key }) => key));
  return [
    ...keys
      .filter(({ key }) => !declared.includes(key))
      .map(({ key, index }) => ({
        problem: `has the key ${key} of ${index}, which is not among its attributes`,
        fix: `add attribute { name: '${key}', type: 'S' }`,
      })),
    ...declared
      .filter((name) => !used.has(name))
      .map((name) => ({ problem: `declares the attribute ${name}, which is no key`, fix: 'remove it from attribute' })),
  ];
}
