import type { Rule } from './rule.ts';
import { appsync } from './services/appsync.ts';
import { audit } from './services/audit.ts';
import { cloudfront } from './services/cloudfront.ts';
import { cognito } from './services/cognito.ts';
import { dynamodb } from './services/dynamodb.ts';
import { iam } from './services/iam.ts';
import { identityPools } from './services/identityPools.ts';
import { keysAndNames } from './services/keysAndNames.ts';
import { lambda } from './services/lambda.ts';
import { operations } from './services/operations.ts';
import { queues } from './services/queues.ts';
import { resolvers } from './services/resolvers.ts';
import { s3 } from './services/s3.ts';
import { serverless } from './services/serverless.ts';
import { terraform } from './services/terraform.ts';
import { values } from './services/values.ts';
import { waf } from './services/waf.ts';

/** Every rule. To add one, add it to its service. */
export const rules: readonly Rule[] = [
  ...terraform,
  ...values,
  ...serverless,
  ...iam,
  ...appsync,
  ...resolvers,
  ...dynamodb,
  ...cognito,
  ...identityPools,
  ...lambda,
  ...queues,
  ...operations,
  ...s3,
  ...cloudfront,
  ...waf,
  ...keysAndNames,
  ...audit,
];

/** Checks of scanners for resources that this system has, which are left out on purpose. */
export const leftOut: Readonly<Record<string, string>> = {
  CKV_AWS_115:
    'Reserved concurrency of one function is taken from all others. Event source mappings limit how many batches are worked on at once instead.',
  CKV_AWS_117: 'A function in a VPC needs a NAT by the hour, and nothing here is reached through a VPC.',
  CKV_AWS_144: 'A second Region is a step of its own. Versions and backups are in this one.',
  CKV_AWS_272:
    'Packages come from this repository by a role that only its protected environments assume; a signer would vouch for the same pipeline.',
  CKV_AWS_310: 'A second origin for a bucket means a second Region, which is a step of its own.',
  CKV_AWS_374: 'The network is for everybody, wherever they are.',
  CKV2_AWS_62: 'A bucket tells of new objects where a worker takes them, and not for its own sake.',
};
