import type { JsonObject, JsonValue } from '../../../json.ts';
import { transaction } from '../../../database.ts';
import { addUsage, capacityDetail, describeUsage, type Usage } from '../capacity.ts';
import type { Context } from '../context.ts';
import { validationError } from '../errors.ts';
import { keyText } from '../keyBytes.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_WRITE_REQUESTS } from '../limits.ts';
import { CAPACITY, checkParameters, COLLECTION_METRICS, MAP, REQUIRED_MAP } from '../parameters.ts';
import { performHere, planDelete, planPut, usageOf, type Write } from '../writes.ts';

const PARAMETERS = {
  RequestItems: { type: 'map', required: true, min: 1 },
  ...CAPACITY,
  ...COLLECTION_METRICS,
} as const;

/**
 * Puts and deletes up to 25 items. AWS may leave some unprocessed under load; here all are done, and since one SQLite
 * transaction is cheaper than 25, all together.
 */
export function batchWriteItem(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  const requests = Object.entries(input.RequestItems as JsonObject).flatMap(([name, list]) =>
    requestsOf(name, list).map((request) => ({ name, request })),
  );
  if (requests.length > MAX_BATCH_WRITE_REQUESTS) {
    throw validationError('Too many items requested for the BatchWriteItem call');
  }
  const plans = requests.map(({ name, request }) => plan(context, name, request));
  const keys = new Set(plans.map(({ target, key }) => `${target.table.number}/${keyText(key)}`));
  if (keys.size < plans.length) throw validationError('Provided list of item keys contains duplicates');
  if (plans.reduce((sum, { requestBytes }) => sum + requestBytes, 0) > MAX_BATCH_BYTES) {
    throw validationError('Request size exceeded the limit of 16777216 bytes');
  }
  const usages = new Map<string, Usage>();
  transaction(context.database, () => {
    for (const one of plans) {
      const { name } = one.target.table;
      const usage = usageOf(one, performHere(context, one));
      const known = usages.get(name);
      usages.set(name, known ? addUsage(known, usage) : usage);
    }
  });
  const answer: JsonObject = { UnprocessedItems: {} };
  const detail = capacityDetail(input);
  if (detail) answer.ConsumedCapacity = [...usages].map(([name, usage]) => describeUsage(name, usage, { detail }));
  return answer;
}

function requestsOf(name: string, list: JsonValue): JsonValue[] {
  const path = `requestItems.${name}.`;
  const checked = checkParameters(
    { member: list },
    { member: { type: 'list', min: 1, max: MAX_BATCH_WRITE_REQUESTS } },
    path,
  );
  return checked.member as JsonValue[];
}

function plan(context: Context, name: string, given: JsonValue): Write {
  const request = checkParameters(given, { PutRequest: MAP, DeleteRequest: MAP });
  const { PutRequest: put, DeleteRequest: remove } = request;
  if ((put === undefined) === (remove === undefined)) {
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  if (put !== undefined) {
    return planPut(context, { TableName: name, Item: checkParameters(put, { Item: REQUIRED_MAP }).Item as JsonObject });
  }
  return planDelete(context, {
    TableName: name,
    Key: checkParameters(remove, { Key: REQUIRED_MAP }).Key as JsonObject,
  });
}
