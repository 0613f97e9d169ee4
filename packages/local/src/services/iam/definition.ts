import type { JsonObject } from '../../json.ts';

/** The roles and policies of a configuration, references resolved. Documents are JSON text, as Terraform holds them, or parsed. */
export interface IamDefinition {
  readonly roles: readonly RoleDefinition[];
  /** Policies that stand at a resource: of a Lambda function (`aws_lambda_permission`), a bucket, a queue, a key. */
  readonly resourcePolicies?: readonly ResourcePolicyDefinition[];
  /** What is encrypted with a key of the account's own, which is asked for, too. */
  readonly encrypted?: readonly EncryptedResource[];
}

export interface EncryptedResource {
  /** Of a table or a queue. */
  readonly resourceArn: string;
  readonly keyArn: string;
}

export interface RoleDefinition {
  /** `arn:aws:iam::123456789012:role/name` */
  readonly arn: string;
  readonly name: string;
  /** The Terraform address, as `api.aws_iam_role.reader`. */
  readonly address: string;
  readonly trustPolicy: PolicyDocument;
  readonly policies: readonly PolicyDefinition[];
  readonly permissionsBoundary?: PolicyDefinition;
}

export interface PolicyDefinition {
  readonly name: string;
  readonly address: string;
  readonly document: PolicyDocument;
}

export interface ResourcePolicyDefinition {
  /** It is asked about this resource and what lies in it, as the objects of a bucket. */
  readonly resourceArn: string;
  readonly address: string;
  readonly document: PolicyDocument;
}

export type PolicyDocument = string | JsonObject;
