import type { JsonObject, JsonValue } from '../../../json.ts';
import { capacityDetail, describeUsage } from '../capacity.ts';
import type { Context } from '../context.ts';
import { projectorOf } from '../expressions/projection.ts';
import type { Item } from '../model.ts';
import {
  CAPACITY,
  checkParameters,
  COLLECTION_METRICS,
  EXPRESSION_MAPS,
  REQUIRED_MAP,
  RETURN_ON_FAILURE,
  RETURN_VALUES,
  TABLE_NAME,
  TEXT,
} from '../parameters.ts';
import { perform, planUpdate, usageOf, type Write, type Written } from '../writes.ts';

const PARAMETERS = {
  TableName: TABLE_NAME,
  Key: REQUIRED_MAP,
  UpdateExpression: TEXT,
  ConditionExpression: TEXT,
  ReturnValues: RETURN_VALUES,
  ReturnValuesOnConditionCheckFailure: RETURN_ON_FAILURE,
  ...EXPRESSION_MAPS,
  ...CAPACITY,
  ...COLLECTION_METRICS,
};

export function updateItem(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  const plan = planUpdate(context, input);
  const written = perform(context, plan, { needsBefore: true });
  const attributes = returnedAttributes(input.ReturnValues, plan, written);
  const detail = capacityDetail(input);
  const answer: JsonObject = {};
  if (attributes) answer.Attributes = attributes;
  if (detail) answer.ConsumedCapacity = describeUsage(plan.target.table.name, usageOf(plan, written), { detail });
  return answer;
}

function returnedAttributes(wanted: JsonValue | undefined, plan: Write, { before, after }: Written): Item | null {
  if (wanted === 'ALL_OLD') return before && before.item;
  if (wanted === 'ALL_NEW') return after && after.item;
  if (wanted === 'UPDATED_OLD') return touched(plan, before?.item);
  if (wanted === 'UPDATED_NEW') return touched(plan, after?.item);
  return null;
}

/** What the update's paths reach; nothing at all when they reach nothing. */
function touched(plan: Write, item: Item | undefined): Item | null {
  if (!plan.update || !item) return null;
  const attributes = projectorOf(plan.update.paths).project(item);
  return Object.keys(attributes).length > 0 ? attributes : null;
}
