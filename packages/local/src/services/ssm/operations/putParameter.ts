import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../json.ts';
import type { Operation } from '../context.ts';
import { flag, invalid, optionalText, refuse, text } from '../input.ts';
import {
  MAX_VALUE_CHARACTERS,
  PARAMETER_TYPES,
  type ParameterType,
  type StoredParameter,
  type Tier,
} from '../model.ts';
import { checkName } from '../names.ts';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export const putParameter: Operation = (input, { store, clock }, principal) => {
  refuse(input, ['AllowedPattern', 'Policies', 'Tags', 'KeyId']);
  const dataType = optionalText(input, 'DataType') ?? 'text';
  if (dataType !== 'text') refuse({ DataType: dataType }, ['DataType']);
  const name = text(input, 'Name');
  checkName(name);
  const known = store.find(name);
  if (known !== null && !flag(input, 'Overwrite')) {
    const message =
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';
    throw new AwsError('ParameterAlreadyExists', message);
  }
  const tier = tierOf(input, known);
  const value = text(input, 'Value');
  refuseLong(value, tier);
  const version = (known?.version ?? 0) + 1;
  store.write({
    name,
    type: typeOf(input, known),
    value,
    version,
    description: optionalText(input, 'Description') ?? known?.description ?? '',
    tier,
    keyArn: known?.keyArn ?? null,
    tags: known?.tags ?? {},
    modifiedAt: clock.now(),
    modifiedBy: principal.arn,
  });
  return { Version: version, Tier: tier === 'Intelligent-Tiering' ? smallestTier(value) : tier };
};

function typeOf(input: JsonObject, known: StoredParameter | null): ParameterType {
  const given = optionalText(input, 'Type');
  if (given === undefined) {
    if (known !== null) return known.type;
    throw invalid('A parameter type is required when you create a parameter.');
  }
  const type = PARAMETER_TYPES.find((name) => name === given);
  if (type === undefined)
    throw new AwsError('UnsupportedParameterType', `The parameter type ${given} isn't supported.`);
  if (known === null || known.type === type) return type;
  throw new AwsError('HierarchyTypeMismatchException', `The type of ${known.name} is ${known.type} and stays it.`);
}

function tierOf(input: JsonObject, known: StoredParameter | null): Tier {
  const given = optionalText(input, 'Tier') ?? known?.tier ?? 'Standard';
  if (!Object.hasOwn(MAX_VALUE_CHARACTERS, given)) {
    throw invalid(`Tier must be one of ${Object.keys(MAX_VALUE_CHARACTERS).join(', ')}`);
  }
  if (known?.tier === 'Advanced' && given === 'Standard') {
    throw invalid(
      "This parameter uses the advanced-parameter tier. You can't downgrade it to the standard-parameter tier.",
    );
  }
  return given as Tier;
}

function refuseLong(value: string, tier: Tier): void {
  const limit = MAX_VALUE_CHARACTERS[tier];
  if (value.length > limit) throw invalid(`The value of a parameter of the tier ${tier} has up to ${limit} characters`);
}

const smallestTier = (value: string): Tier => (value.length > MAX_VALUE_CHARACTERS.Standard ? 'Advanced' : 'Standard');
