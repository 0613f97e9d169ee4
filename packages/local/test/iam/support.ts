import type { JsonObject } from '../../src/json.ts';
import { createIam, type Iam, type IamDefinition, type RoleDefinition } from '../../src/services/iam/index.ts';

export const account = { region: 'eu-west-1', accountId: '123456789012' };

export const table = (path: string): string => `arn:aws:dynamodb:eu-west-1:123456789012:table/${path}`;
export const roleArn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
export const root = { arn: 'arn:aws:iam::123456789012:root' };

export const policy = (...statements: readonly JsonObject[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: [...statements],
});

export const trustIn = (service: string, change: JsonObject = {}): JsonObject =>
  policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...change });

/** A role of the greenhouse with one policy, or with none when no statement is given. */
export function role(
  name: string,
  statements: readonly JsonObject[],
  change: Partial<RoleDefinition> = {},
): RoleDefinition {
  const policies = [
    { name, address: `api.aws_iam_role_policy.${name}`, document: JSON.stringify(policy(...statements)) },
  ];
  return {
    arn: roleArn(name),
    name,
    address: `api.aws_iam_role.${name}`,
    trustPolicy: JSON.stringify(trustIn('appsync.amazonaws.com')),
    policies: statements.length > 0 ? policies : [],
    ...change,
  };
}

export async function iamWith(definition: IamDefinition): Promise<Iam> {
  const iam = createIam({ account });
  await iam.replace(definition);
  return iam;
}

/** What a call comes to: `allowed`, or the error's message. */
export async function outcomeOf(iam: Iam, name: string, access: Parameters<Iam['authorize']>[1]): Promise<string> {
  const arn = /^[\w-]+$/.test(name) && name !== 'anonymous' ? roleArn(name) : name;
  try {
    await iam.authorize({ arn }, access);
    return 'allowed';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
