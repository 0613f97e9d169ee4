import {
  BackupPlan,
  BackupSelection,
  BackupVault,
  Construct,
  type DynamodbTable,
  IamRole,
  IamRolePolicyAttachment,
  type KmsKey,
} from '../aws.ts';
import { trust } from '../iamPolicy.ts';
import type { Stack } from '../stacks/stack.ts';

export interface BackupProps {
  readonly tables: readonly DynamodbTable[];
  readonly key: KmsKey;
}

/** Daily copies for 35 days in a vault of their own: point-in-time recovery ends with its table, these stay. */
export function backups(stack: Stack, { tables, key }: BackupProps): void {
  const scope = new Construct(stack, 'backups');
  const vault = new BackupVault(scope, 'resource', {
    name: stack.named('backups'),
    kmsKeyArn: key.arn,
    lifecycle: stack.lifecycle(),
    // Copies of a stage that may be destroyed go with it.
    ...(stack.config.deletionProtection ? {} : { forceDestroy: true }),
  });
  const plan = new BackupPlan(scope, 'plan', {
    name: stack.named('backups'),
    rule: [
      {
        ruleName: 'weekly',
        targetVaultName: vault.name,
        schedule: 'cron(0 9 ? * SUN *)',
        lifecycle: { deleteAfter: 35 },
      },
    ],
  });
  const role = new IamRole(scope, 'role', {
    name: stack.named('backups'),
    assumeRolePolicy: trust('backup.amazonaws.com', { accountId: stack.accountId }),
  });
  // AWS keeps it in step with what AWS Backup calls, and it is limited to copying.
  new IamRolePolicyAttachment(scope, 'policy', {
    role: role.name,
    policyArn: 'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup',
  });
  new BackupSelection(scope, 'selection', {
    name: stack.named('tables'),
    planId: plan.id,
    iamRoleArn: role.arn,
    resources: tables.map(({ arn }) => arn),
  });
}
