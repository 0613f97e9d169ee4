import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import type { Operation, SsmContext } from '../context.ts';
import { flag, invalid, text } from '../input.ts';
import type { StoredParameter } from '../model.ts';
import { parameterArn, type ParameterReference, parseReference } from '../names.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export const getParameter: Operation = (input, context) => {
  const reference = parseReference(text(input, 'Name'));
  const found = context.store.find(reference.name);
  if (found === null) throw new AwsError('ParameterNotFound', `Parameter ${reference.name} not found.`);
  if (!hasVersion(found, reference)) {
    throw new AwsError(
      'ParameterVersionNotFound',
      `Systems Manager could not find version ${reference.version} of ${reference.name}: here only the newest is kept.`,
    );
  }
  return { Parameter: described(found, { reference, decrypt: flag(input, 'WithDecryption'), context }) };
};

const MAX_NAMES = 10;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const getParameters: Operation = (input, context) => {
  const names = readNames(input);
  const decrypt = flag(input, 'WithDecryption');
  const found: JsonObject[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const reference = parseReference(name);
    const parameter = context.store.find(reference.name);
    if (parameter === null || !hasVersion(parameter, reference)) missing.push(name);
    else found.push(described(parameter, { reference, decrypt, context }));
  }
  return { Parameters: found, InvalidParameters: missing };
};

export function readNames(input: JsonObject): readonly string[] {
  const names = input['Names'];
  const isList = Array.isArray(names) && names.every((name) => typeof name === 'string');
  if (!isList || names.length === 0 || names.length > MAX_NAMES) {
    throw invalid(`Names must be a list of 1 to ${MAX_NAMES} strings`);
  }
  return names as readonly string[];
}

const hasVersion = ({ version }: StoredParameter, reference: ParameterReference): boolean =>
  reference.version === null || reference.version === version;

interface Request {
  readonly reference: ParameterReference;
  readonly decrypt: boolean;
  readonly context: SsmContext;
}

function described(parameter: StoredParameter, { reference, decrypt, context }: Request): JsonObject {
  const { name, type, value, version, modifiedAt } = parameter;
  const clear = type === 'SecureString' ? value : context.localize(value);
  return {
    Name: name,
    Type: type,
    Value: type === 'SecureString' && !decrypt ? context.store.ciphertext(name) : clear,
    Version: version,
    LastModifiedDate: modifiedAt / 1000,
    ARN: parameterArn(context.account, name),
    DataType: 'text',
    ...(reference.selector !== '' && { Selector: reference.selector }),
  };
}
