import { isTrue, text } from '../model/json.ts';
import { resourceRule, type Rule } from '../rule.ts';

const TRAIL = ['aws_cloudtrail'] as const;

/** Who did what, copies to go back to, and what tells people. */
export const audit: readonly Rule[] = [
  resourceRule({
    id: 'cloudtrail/customer-key',
    scanners: ['CKV_AWS_35', 'AWS-0015'],
    reason: 'Records name persons and what they did.',
    types: TRAIL,
    inspect: ({ args }) =>
      text(args.kms_key_id) === ''
        ? { problem: 'is not encrypted with a key of our own', fix: 'set kmsKeyId' }
        : undefined,
  }),
  resourceRule({
    id: 'cloudtrail/validation',
    scanners: ['CKV_AWS_36', 'AWS-0016'],
    reason: 'A record that somebody changed afterwards can be told from one that nobody did.',
    types: TRAIL,
    inspect: ({ args }) =>
      isTrue(args.enable_log_file_validation)
        ? undefined
        : { problem: 'can be changed without a trace', fix: 'set enableLogFileValidation' },
  }),
  resourceRule({
    id: 'cloudtrail/every-region',
    scanners: ['CKV_AWS_67', 'AWS-0014'],
    reason: 'Who gets in works where nobody looks.',
    types: TRAIL,
    inspect: ({ args }) =>
      isTrue(args.is_multi_region_trail) ? undefined : { problem: 'records one Region', fix: 'set isMultiRegionTrail' },
  }),
  resourceRule({
    id: 'backup/customer-key',
    scanners: ['CKV_AWS_166'],
    reason: 'A copy is encrypted as the original is.',
    types: ['aws_backup_vault'],
    inspect: ({ args }) =>
      text(args.kms_key_arn) === ''
        ? { problem: 'is not encrypted with a key of our own', fix: 'set kmsKeyArn' }
        : undefined,
  }),
  resourceRule({
    id: 'sns/customer-key',
    scanners: ['CKV_AWS_26', 'AWS-0095', 'AWS-0136'],
    reason: 'Notices to operators name what is wrong and where.',
    types: ['aws_sns_topic'],
    inspect: ({ args }) => {
      const key = text(args.kms_master_key_id);
      return key === '' || key === 'alias/aws/sns'
        ? { problem: 'is not encrypted with a key of our own', fix: 'set kmsMasterKeyId' }
        : undefined;
    },
  }),
  resourceRule({
    id: 'iam/no-administrator',
    scanners: ['CKV_AWS_274'],
    reason: 'Nobody is handed everything that AWS has and will have.',
    types: ['aws_iam_role_policy_attachment', 'aws_iam_user_policy_attachment', 'aws_iam_policy_attachment'],
    inspect: ({ args }) =>
      /:policy\/(job-function\/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/.test(text(args.policy_arn))
        ? { problem: `is handed ${text(args.policy_arn)}`, fix: 'write a policy with its actions' }
        : undefined,
  }),
];
