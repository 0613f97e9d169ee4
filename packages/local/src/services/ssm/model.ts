export const PARAMETER_TYPES = ['String', 'StringList', 'SecureString'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** Characters of a value by tier. https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
export const MAX_VALUE_CHARACTERS = { Standard: 4_096, Advanced: 8_192, 'Intelligent-Tiering': 8_192 } as const;
export type Tier = keyof typeof MAX_VALUE_CHARACTERS;

/** `aws_ssm_parameter`, references resolved. */
export interface ParameterDefinition {
  readonly name: string;
  readonly address: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly description: string;
  readonly tier: Tier;
  /** Of a SecureString, when it is not the account's `alias/aws/ssm`: the ARN of the key. */
  readonly keyArn: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** The Terraform ignores changes of the value: one that somebody puts later stays. */
  readonly keepsChanges: boolean;
}

/** Who writes what the Terraform says. */
export const deployerArn = (accountId: string): string => `arn:aws:sts::${accountId}:assumed-role/terraform/apply`;

/** A parameter as it is kept: its newest version only. */
export interface StoredParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  readonly version: number;
  readonly description: string;
  readonly tier: Tier;
  readonly keyArn: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
  /** Who wrote this version. */
  readonly modifiedBy: string;
}
