import type { Mistake } from './draft.ts';

const TRAIL = 'observability/aws_cloudtrail.mistake (observability/aws_cloudtrail.mistake)';

export const auditMistakes: readonly Mistake[] = [
  {
    title: 'records of what persons did are encrypted with a key of AWS',
    rule: 'cloudtrail/customer-key',
    lines: [`${TRAIL} is not encrypted with a key of our own: set kmsKeyId`],
    make: ({ add }) => add('observability/aws_cloudtrail.mistake', {}),
  },
  {
    title: 'records of what persons did can be changed',
    rule: 'cloudtrail/validation',
    lines: [`${TRAIL} can be changed without a trace: set enableLogFileValidation`],
    make: ({ add }) => add('observability/aws_cloudtrail.mistake', {}),
  },
  {
    title: 'what persons do in other Regions is not recorded',
    rule: 'cloudtrail/every-region',
    lines: [`${TRAIL} records one Region: set isMultiRegionTrail`],
    make: ({ add }) => add('observability/aws_cloudtrail.mistake', {}),
  },
  {
    title: 'copies are encrypted with a key of AWS',
    rule: 'backup/customer-key',
    lines: [
      'data/aws_backup_vault.mistake (data/aws_backup_vault.mistake) is not encrypted with a key of our own: set kmsKeyArn',
    ],
    make: ({ add }) => add('data/aws_backup_vault.mistake', { name: 'mistake' }),
  },
  {
    title: 'notices are encrypted with a key of AWS',
    rule: 'sns/customer-key',
    lines: [
      'observability/aws_sns_topic.mistake (observability/aws_sns_topic.mistake) is not encrypted with a key of our own: set kmsMasterKeyId',
    ],
    make: ({ add }) => add('observability/aws_sns_topic.mistake', { kms_master_key_id: 'alias/aws/sns' }),
  },
  {
    title: 'a role may do everything',
    rule: 'iam/no-administrator',
    lines: [
      'bootstrap/aws_iam_role_policy_attachment.mistake (bootstrap/aws_iam_role_policy_attachment.mistake) is handed arn:aws:iam::aws:policy/AdministratorAccess: write a policy with its actions',
    ],
    make: ({ add }) =>
      add('bootstrap/aws_iam_role_policy_attachment.mistake', {
        policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
  },
];
