import type { JsonObject } from '../../../json.ts';
import type { Context } from '../context.ts';
import { validationError } from '../errors.ts';
import { checkParameters, FLAG, REQUIRED_MAP, TABLE_NAME } from '../parameters.ts';
import { changeTable, specificationOf } from '../tables.ts';

const SPECIFICATION = {
  AttributeName: { type: 'string', required: true, min: 1, max: 255 },
  Enabled: { ...FLAG, required: true },
} as const;

export function updateTimeToLive(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, { TableName: TABLE_NAME, TimeToLiveSpecification: REQUIRED_MAP });
  const wanted = checkParameters(input.TimeToLiveSpecification, SPECIFICATION, 'timeToLiveSpecification.');
  const { table } = context.catalog.open(input.TableName as string);
  const attribute = wanted.AttributeName as string;
  const enabled = wanted.Enabled === true;
  if (enabled && table.ttlAttribute !== null) throw validationError('TimeToLive is already enabled');
  if (!enabled && table.ttlAttribute === null) throw validationError('TimeToLive is already disabled');
  if (!enabled && table.ttlAttribute !== attribute) {
    throw validationError(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${table.ttlAttribute}`,
    );
  }
  changeTable(context, table, { ...specificationOf(table), ttlAttribute: enabled ? attribute : null });
  return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } };
}

export function describeTimeToLive(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, { TableName: TABLE_NAME });
  const { ttlAttribute } = context.catalog.open(input.TableName as string).table;
  return {
    TimeToLiveDescription:
      ttlAttribute === null
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: ttlAttribute },
  };
}
