import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { control } from '../support/aws.ts';
import { type AccessKey, twice } from '../support/signed.ts';
import { target } from '../support/target.ts';

const PREFIX = 'hiroba-dev-function-';

interface Role {
  readonly name: string;
  readonly assume_role_policy: string;
}

/** The roles of the Terraform that Lambda may assume, without the name of the stage. */
export function rolesOfFunctions(): readonly string[] {
  const stacks = readdirSync(join(target.terraform, 'stacks'));
  const roles = stacks.flatMap((stack) => {
    const text = readFileSync(join(target.terraform, 'stacks', stack, 'cdk.tf.json'), 'utf8');
    const { resource } = JSON.parse(text) as { resource?: { aws_iam_role?: Record<string, Role> } };
    return Object.values(resource?.aws_iam_role ?? {});
  });
  return roles
    .filter(({ assume_role_policy: policy }) => policy.includes('lambda.amazonaws.com'))
    .map(({ name }) => name.replace(PREFIX, ''))
    .sort();
}

/** Keys of a function's role. On AWS nobody but Lambda can assume it: only the local system can be asked for them. */
export async function keyOfRole(role: string): Promise<AccessKey> {
  const session = await twice(() => control('role-session', { RoleName: `${PREFIX}${role}` }));
  return {
    accessKeyId: String(session['AccessKeyId']),
    secretAccessKey: String(session['SecretAccessKey']),
    sessionToken: String(session['SessionToken']),
  };
}
