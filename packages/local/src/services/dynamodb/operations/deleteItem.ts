import type { JsonObject } from '../../../json.ts';
import { capacityDetail, describeUsage } from '../capacity.ts';
import type { Context } from '../context.ts';
import { validationError } from '../errors.ts';
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
import { perform, planDelete, usageOf } from '../writes.ts';

const PARAMETERS = {
  TableName: TABLE_NAME,
  Key: REQUIRED_MAP,
  ConditionExpression: TEXT,
  ReturnValues: RETURN_VALUES,
  ReturnValuesOnConditionCheckFailure: RETURN_ON_FAILURE,
  ...EXPRESSION_MAPS,
  ...CAPACITY,
  ...COLLECTION_METRICS,
};

export function deleteItem(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  const returnsOld = input.ReturnValues === 'ALL_OLD';
  if (!returnsOld && input.ReturnValues !== undefined && input.ReturnValues !== 'NONE') {
    throw validationError('ReturnValues can only be ALL_OLD or NONE');
  }
  const plan = planDelete(context, input);
  const detail = capacityDetail(input);
  const written = perform(context, plan, { needsBefore: true });
  const answer: JsonObject = {};
  if (returnsOld && written.before) answer.Attributes = written.before.item;
  if (detail) answer.ConsumedCapacity = describeUsage(plan.target.table.name, usageOf(plan, written), { detail });
  return answer;
}
