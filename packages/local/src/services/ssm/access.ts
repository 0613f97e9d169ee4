import type { Account } from '../../aws/account.ts';
import type { Access } from '../../aws/service.ts';
import type { JsonObject } from '../../json.ts';
import { flag, text } from './input.ts';
import type { StoredParameter } from './model.ts';
import { checkName, parameterArn, parseReference } from './names.ts';
import { readNames } from './operations/getParameter.ts';
import type { ParameterStore } from './store.ts';

interface Surroundings {
  readonly account: Account;
  readonly store: ParameterStore;
}

export type AccessOf = (input: JsonObject, surroundings: Surroundings) => readonly Access[];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html */
export const ACCESS: Readonly<Record<string, AccessOf>> = {
  GetParameter: (input, surroundings) => reading('ssm:GetParameter', [text(input, 'Name')], input, surroundings),
  GetParameters: (input, surroundings) => reading('ssm:GetParameters', readNames(input), input, surroundings),
  PutParameter: writing,
  DescribeParameters: () => [{ action: 'ssm:DescribeParameters', resource: '*' }],
};

function reading(
  action: string,
  names: readonly string[],
  input: JsonObject,
  { account, store }: Surroundings,
): readonly Access[] {
  const decrypts = flag(input, 'WithDecryption');
  return names.flatMap((given) => {
    const { name } = parseReference(given);
    const known = store.find(name);
    const access = { action, resource: parameterArn(account, name), context: tagsOf(known) };
    return [access, ...(decrypts ? keyAccess('kms:Decrypt', known, account) : [])];
  });
}

function writing(input: JsonObject, { account, store }: Surroundings): readonly Access[] {
  const name = text(input, 'Name');
  checkName(name);
  const known = store.find(name);
  const context = { ...tagsOf(known), 'ssm:Overwrite': String(flag(input, 'Overwrite')) };
  return [
    { action: 'ssm:PutParameter', resource: parameterArn(account, name), context },
    ...keyAccess('kms:Encrypt', known, account),
  ];
}

/**
 * The account's own key lets in whom SSM lets in; any other asks for itself.
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
function keyAccess(action: string, known: StoredParameter | null, account: Account): readonly Access[] {
  if (known === null || known.type !== 'SecureString' || known.keyArn === null) return [];
  const context = {
    'kms:EncryptionContext:PARAMETER_ARN': parameterArn(account, known.name),
    'kms:ViaService': `ssm.${account.region}.amazonaws.com`,
  };
  return [{ action, resource: known.keyArn, context }];
}

const tagsOf = (known: StoredParameter | null): Record<string, string> =>
  Object.fromEntries(Object.entries(known?.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
