export { createIam, type Iam, type IamOptions } from './iam.ts';
export { PolicyError } from './policyError.ts';
export type {
  EncryptedResource,
  IamDefinition,
  PolicyDefinition,
  PolicyDocument,
  ResourcePolicyDefinition,
  RoleDefinition,
} from './definition.ts';
export type { TrustContext } from './trust.ts';
export type { Grant } from './usage.ts';
