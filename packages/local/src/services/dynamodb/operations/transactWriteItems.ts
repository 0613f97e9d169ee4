import { createHash } from 'node:crypto';
import { AwsError } from '../../../aws/error.ts';
import { prepared, transaction } from '../../../database.ts';
import type { JsonObject, JsonValue } from '../../../json.ts';
import { addUsage, capacityDetail, describeUsage, multiplyUsage, type Usage } from '../capacity.ts';
import type { Context } from '../context.ts';
import { validationError } from '../errors.ts';
import { keyText } from '../keyBytes.ts';
import { MAX_TRANSACTION_BYTES, MAX_TRANSACTION_ITEMS, REQUEST_TOKEN_MILLISECONDS } from '../limits.ts';
import {
  CAPACITY,
  checkParameters,
  COLLECTION_METRICS,
  EXPRESSION_MAPS,
  MAP,
  REQUIRED_MAP,
  RETURN_ON_FAILURE,
  TABLE_NAME,
  TEXT,
  type Parameters,
} from '../parameters.ts';
import { performHere, planCheck, planDelete, planPut, planUpdate, usageOf, type Write } from '../writes.ts';

const PARAMETERS = {
  TransactItems: { type: 'list', required: true, min: 1, max: MAX_TRANSACTION_ITEMS },
  ClientRequestToken: { type: 'string', min: 1, max: 36 },
  ...CAPACITY,
  ...COLLECTION_METRICS,
} as const;

const COMMON = {
  TableName: TABLE_NAME,
  ConditionExpression: TEXT,
  ReturnValuesOnConditionCheckFailure: RETURN_ON_FAILURE,
  ...EXPRESSION_MAPS,
};

interface Action {
  readonly parameters: Parameters;
  readonly plan: (context: Context, input: JsonObject) => Write;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  ConditionCheck: {
    parameters: { ...COMMON, Key: REQUIRED_MAP, ConditionExpression: { type: 'string', required: true } },
    plan: planCheck,
  },
  Put: { parameters: { ...COMMON, Item: REQUIRED_MAP }, plan: planPut },
  Delete: { parameters: { ...COMMON, Key: REQUIRED_MAP }, plan: planDelete },
  Update: {
    parameters: { ...COMMON, Key: REQUIRED_MAP, UpdateExpression: { type: 'string', required: true } },
    plan: planUpdate,
  },
};
const ACTION_NAMES = Object.fromEntries(Object.keys(ACTIONS).map((name) => [name, MAP]));

/** Does up to 100 writes together or none of them. Throws `TransactionCanceledException` with a reason for each. */
export function transactWriteItems(context: Context, given: JsonObject): JsonObject {
  const input = checkParameters(given, PARAMETERS);
  const plans = (input.TransactItems as JsonValue[]).map((item, index) => planAction(context, item, index));
  if (new Set(plans.map(({ target, key }) => `${target.table.number}/${keyText(key)}`)).size < plans.length) {
    throw validationError('Transaction request cannot include multiple operations on one item');
  }
  if (plans.reduce((sum, { requestBytes }) => sum + requestBytes, 0) > MAX_TRANSACTION_BYTES) {
    throw validationError(`Total size of items in the transaction exceeds ${MAX_TRANSACTION_BYTES} bytes`);
  }
  const usages = new Map<string, Usage>();
  transaction(context.database, () => {
    if (isRepeat(context, input)) return;
    performAll(context, plans, usages);
  });
  const detail = capacityDetail(input);
  if (!detail) return {};
  const described = [...usages].map(([name, usage]) =>
    describeUsage(name, multiplyUsage(usage, 2), { detail, kind: 'write' }),
  );
  return { ConsumedCapacity: described };
}

function planAction(context: Context, given: JsonValue, index: number): Write {
  const path = `transactItems.${index + 1}.member.`;
  const item = checkParameters(given, ACTION_NAMES, path);
  const [name, ...others] = Object.keys(item).filter((one) => Object.hasOwn(ACTIONS, one));
  if (name === undefined || others.length > 0) {
    throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const { parameters, plan } = ACTIONS[name] as Action;
  return plan(
    context,
    checkParameters(item[name], parameters, `${path}${name.charAt(0).toLowerCase()}${name.slice(1)}.`),
  );
}

const NO_REASON: JsonObject = { Code: 'None' };

/** All actions see the items before the transaction, and all of their failures are told. */
function performAll(context: Context, plans: readonly Write[], usages: Map<string, Usage>): void {
  const reasons = plans.map((plan): JsonObject => {
    try {
      const { name } = plan.target.table;
      const usage = usageOf(plan, performHere(context, plan));
      usages.set(name, addUsage(usages.get(name) ?? { table: 0, indexes: {} }, usage));
      return NO_REASON;
    } catch (error) {
      if (error instanceof AwsError) return reasonOf(error);
      throw error;
    }
  });
  if (reasons.every((reason) => reason === NO_REASON)) return;
  const codes = reasons.map(({ Code }) => String(Code)).join(', ');
  throw new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { details: { CancellationReasons: reasons } },
  );
}

const REASON_CODES: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ValidationException: 'ValidationError',
};

function reasonOf({ code, message, details }: AwsError): JsonObject {
  return { Code: REASON_CODES[code] ?? code, Message: message, ...details };
}

/** Whether this token's request was already done; its transaction is then not done again. */
function isRepeat({ database, clock }: Context, input: JsonObject): boolean {
  const token = input.ClientRequestToken as string | undefined;
  if (token === undefined) return false;
  const now = clock.now();
  prepared(database, 'DELETE FROM ddb_request_tokens WHERE at <= ?').run(now - REQUEST_TOKEN_MILLISECONDS);
  const request = createHash('sha256').update(JSON.stringify(input.TransactItems)).digest('hex');
  const known = prepared(database, 'SELECT request FROM ddb_request_tokens WHERE token = ?').get(token);
  if (known && known.request !== request) {
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used',
    );
  }
  if (known) return true;
  prepared(database, 'INSERT INTO ddb_request_tokens (token, request, at) VALUES (?, ?, ?)').run(token, request, now);
  return false;
}
