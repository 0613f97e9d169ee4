import type { Mistake } from './draft.ts';

const POSTS = 'data/dynamodb tables/posts (data/aws_dynamodb_table.posts)';
const TABLE = 'data/aws_dynamodb_table.mistake (data/aws_dynamodb_table.mistake)';
const POOL = 'data/aws_cognito_user_pool.members';
const MEMBERS = `data/members (${POOL})`;
const CLIENT = 'data/aws_cognito_user_pool_client.front_end';
const FRONT_END = `data/front_end (${CLIENT})`;
const KEY = 'data/aws_kms_key.mistake (data/aws_kms_key.mistake)';

/** Tables, members and keys. */
export const dataMistakes: readonly Mistake[] = [
  {
    title: 'a table cannot be restored',
    rule: 'dynamodb/point-in-time-recovery',
    lines: [`${POSTS} cannot be restored to a moment: set pointInTimeRecovery.enabled`],
    make: ({ edit }) => void (edit('data/aws_dynamodb_table.posts').point_in_time_recovery = { enabled: false }),
  },
  {
    title: 'a table is encrypted with a key of AWS',
    rule: 'dynamodb/customer-key',
    lines: [`${TABLE} is encrypted with a key that AWS owns: set serverSideEncryption with kmsKeyArn`],
    make: ({ add }) => add('data/aws_dynamodb_table.mistake', { server_side_encryption: { enabled: true } }),
  },
  {
    title: 'a replica is encrypted with a key of AWS',
    rule: 'dynamodb/replica-customer-key',
    lines: [`${TABLE} has a replica encrypted with a key that AWS owns: set its kmsKeyArn`],
    make: ({ add }) => add('data/aws_dynamodb_table.mistake', { replica: [{ region_name: 'ap-northeast-1' }] }),
  },
  {
    title: 'provisioned capacity is scaled by nothing',
    rule: 'dynamodb/autoscaling',
    lines: [
      `${TABLE} is provisioned and nothing scales its ReadCapacityUnits: add an aws_appautoscaling_target and a policy, or bill by request`,
      `${TABLE} is provisioned and nothing scales its WriteCapacityUnits: add an aws_appautoscaling_target and a policy, or bill by request`,
    ],
    make: ({ add }) => add('data/aws_dynamodb_table.mistake', { name: 'mistake', billing_mode: 'PROVISIONED' }),
  },
  {
    title: 'the key of an index is not among the attributes',
    rule: 'dynamodb/keys-declared',
    lines: [
      `${TABLE} has the key tag of byTag, which is not among its attributes: add attribute { name: 'tag', type: 'S' }`,
    ],
    make: ({ add }) =>
      add('data/aws_dynamodb_table.mistake', {
        hash_key: 'postId',
        attribute: [{ name: 'postId', type: 'S' }],
        global_secondary_index: [{ name: 'byTag', hash_key: 'tag', range_key: 'postId' }],
      }),
  },
  {
    title: 'an attribute is no key',
    rule: 'dynamodb/keys-declared',
    lines: [`${TABLE} declares the attribute text, which is no key: remove it from attribute`],
    make: ({ add }) =>
      add('data/aws_dynamodb_table.mistake', {
        hash_key: 'postId',
        attribute: [
          { name: 'postId', type: 'S' },
          { name: 'text', type: 'S' },
        ],
      }),
  },
  {
    title: 'a stream does not say what it holds',
    rule: 'dynamodb/stream-view',
    lines: [`${TABLE} has one of streamEnabled and streamViewType: set both or neither`],
    make: ({ add }) => add('data/aws_dynamodb_table.mistake', { stream_enabled: true }),
  },
  {
    title: 'passwords are shorter than Cognito takes',
    rule: 'cognito/password-length',
    lines: [`${MEMBERS} takes passwords of 5 characters: set passwordPolicy.minimumLength from 12 to 99`],
    make: ({ edit }) => void (edit(POOL).password_policy = { minimum_length: 5 }),
  },
  {
    title: 'nobody can have a second factor',
    rule: 'cognito/mfa',
    lines: [
      "data/aws_cognito_user_pool.mistake (data/aws_cognito_user_pool.mistake) offers no second factor: set mfaConfiguration to 'OPTIONAL' with softwareTokenMfaConfiguration",
    ],
    make: ({ add }) => add('data/aws_cognito_user_pool.mistake', { mfa_configuration: 'OFF' }),
  },
  {
    title: 'a failed sign-in tells who has an account',
    rule: 'cognito/user-existence',
    lines: [`${FRONT_END} tells who has an account: set preventUserExistenceErrors to 'ENABLED'`],
    make: ({ edit }) => void (edit(CLIENT).prevent_user_existence_errors = 'LEGACY'),
  },
  {
    title: 'an access token lives for a day',
    rule: 'cognito/token-lifetimes',
    lines: [`${FRONT_END} lets its access_token live 24 hours: set it from 5 minutes to 1 hour`],
    make: ({ edit }) =>
      void Object.assign(edit(CLIENT), {
        access_token_validity: 24,
        token_validity_units: [{ access_token: 'hours', id_token: 'minutes', refresh_token: 'days' }],
      }),
  },
  {
    title: 'the client uses the implicit flow',
    rule: 'cognito/oauth',
    lines: [`${FRONT_END} allows the implicit flow: use the flow 'code'`],
    make: ({ edit }) => void (edit(CLIENT).allowed_oauth_flows = ['implicit']),
  },
  {
    title: 'members may say that their address is verified',
    rule: 'cognito/attributes',
    lines: [`${FRONT_END} lets members write email_verified: remove it from writeAttributes`],
    make: ({ edit }) => void (edit(CLIENT).write_attributes = ['email_verified']),
  },
  {
    title: 'a key is never rotated',
    rule: 'kms/rotation',
    lines: [`${KEY} is never rotated: set enableKeyRotation`],
    make: ({ add }) => add('data/aws_kms_key.mistake', {}),
  },
  {
    title: 'everyone may use a key',
    rule: 'kms/no-public-principal',
    lines: [`${KEY} may be used by everyone: name the principals, or add kms:CallerAccount and kms:ViaService`],
    make: ({ add }) => {
      const Statement = [{ Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }];
      add('data/aws_kms_key.mistake', { policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
    },
  },
  {
    title: 'a key has no policy',
    rule: 'kms/policy',
    lines: [`${KEY} has no policy: set policy`],
    make: ({ add }) => add('data/aws_kms_key.mistake', {}),
  },
];
