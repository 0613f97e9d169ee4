import { NotEmulated } from '../../../aws/error.ts';
import type { JsonObject, JsonValue } from '../../../json.ts';
import type { Operation } from '../context.ts';
import { invalid, optionalText, refuse } from '../input.ts';
import type { StoredParameter } from '../model.ts';
import { parameterArn } from '../names.ts';

const MAX_RESULTS = 50;

type Filter = (parameter: StoredParameter) => boolean;

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html */
export const describeParameters: Operation = (input, { store, account }) => {
  refuse(input, ['Filters', 'Shared']);
  const size = pageSize(input);
  const filters = readFilters(input['ParameterFilters']);
  const after = Buffer.from(optionalText(input, 'NextToken') ?? '', 'base64url').toString();
  const found = store.list(after).filter((parameter) => filters.every((holds) => holds(parameter)));
  const page = found.slice(0, size);
  return {
    Parameters: page.map((parameter) => ({
      Name: parameter.name,
      ARN: parameterArn(account, parameter.name),
      Type: parameter.type,
      Version: parameter.version,
      Tier: parameter.tier,
      DataType: 'text',
      Policies: [],
      LastModifiedDate: parameter.modifiedAt / 1000,
      LastModifiedUser: parameter.modifiedBy,
      ...(parameter.description !== '' && { Description: parameter.description }),
      ...(parameter.type === 'SecureString' && { KeyId: parameter.keyArn ?? 'alias/aws/ssm' }),
    })),
    ...(found.length > size && { NextToken: Buffer.from(page.at(-1)?.name ?? '').toString('base64url') }),
  };
};

function pageSize(input: JsonObject): number {
  const size = input['MaxResults'] ?? MAX_RESULTS;
  if (typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= MAX_RESULTS) return size;
  throw invalid(`MaxResults must be between 1 and ${MAX_RESULTS}`);
}

function readFilters(value: JsonValue | undefined): Filter[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalid('ParameterFilters must be a list');
  return value.map((filter) => {
    const { Key, Option = 'Equals', Values = [] } = (filter ?? {}) as JsonObject;
    const values = Array.isArray(Values) ? Values.map(String) : [];
    const member = Key === 'Name' ? 'name' : Key === 'Type' ? 'type' : null;
    const compare = typeof Option === 'string' ? COMPARISONS[Option] : undefined;
    if (member === null || compare === undefined) {
      throw new NotEmulated(`ssm: the filter ${String(Key)} ${String(Option)}`);
    }
    return (parameter) => values.some((wanted) => compare(parameter[member], wanted));
  });
}

const COMPARISONS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  Equals: (value, wanted) => value === wanted,
  BeginsWith: (value, wanted) => value.startsWith(wanted),
  Contains: (value, wanted) => value.includes(wanted),
};
