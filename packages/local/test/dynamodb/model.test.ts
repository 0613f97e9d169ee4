import { describe, expect, it } from 'vitest';
import { AwsError } from '../../src/aws/error.ts';
import type { JsonObject } from '../../src/json.ts';
import { seededRandom } from '../../src/random.ts';
import { byAuthor, key, openThings, type TestEngine } from './support/engine.ts';
import { createModel, toItem, type Model, type ModelItem } from './support/model.ts';

const STEPS = 1_500;
/** `MODEL_SEED=x vitest run --project local packages/local/test/dynamodb/model.test.ts` replays one run. */
const seeds = process.env.MODEL_SEED ? [process.env.MODEL_SEED] : ['one', 'two', 'three'];

interface Dice {
  /** 0 to `sides - 1`. */
  roll(sides: number): number;
  key(): { pk: string; sk: number };
  item(): ModelItem;
}

function openDice(seed: string): Dice {
  const random = seededRandom(seed);
  const roll = (sides: number): number => random.bytes(4).readUInt32BE() % sides;
  const anyKey = () => ({ pk: `p${roll(5)}`, sk: (roll(41) - 20) / 4 });
  return {
    roll,
    key: anyKey,
    item: () => ({
      ...anyKey(),
      ...(roll(4) > 0 ? { author: `a${roll(3)}` } : {}),
      ...(roll(4) > 0 ? { score: roll(4) - 1 } : {}),
      ...(roll(2) > 0 ? { count: roll(9) } : {}),
    }),
  };
}

type Step = (engine: TestEngine, model: Model, dice: Dice) => void;

const Things = { TableName: 'Things' };

const put: Step = (engine, model, dice) => {
  const item = dice.item();
  engine.run('PutItem', { ...Things, Item: toItem(item) });
  model.put(item);
};

const putIfAbsent: Step = (engine, model, dice) => {
  const item = dice.item();
  const isDone = succeeds(() =>
    engine.run('PutItem', { ...Things, Item: toItem(item), ConditionExpression: 'attribute_not_exists(pk)' }),
  );
  expect(isDone).toBe(model.get(item.pk, item.sk) === undefined);
  if (isDone) model.put(item);
};

const remove: Step = (engine, model, dice) => {
  const { pk, sk } = dice.key();
  const answer = engine.run('DeleteItem', { ...Things, Key: key(pk, sk), ReturnValues: 'ALL_OLD' });
  const old = model.get(pk, sk);
  expect(answer).toEqual(old ? { Attributes: toItem(old) } : {});
  model.remove(pk, sk);
};

const update: Step = (engine, model, dice) => {
  const { pk, sk } = dice.key();
  const author = `a${dice.roll(3)}`;
  const answer = engine.run('UpdateItem', {
    ...Things,
    Key: key(pk, sk),
    UpdateExpression: 'SET author = :author ADD #count :two REMOVE score',
    ExpressionAttributeNames: { '#count': 'count' },
    ExpressionAttributeValues: { ':author': { S: author }, ':two': { N: '2' } },
    ReturnValues: 'ALL_NEW',
  });
  const next = { pk, sk, author, count: (model.get(pk, sk)?.count ?? 0) + 2 };
  expect(answer).toEqual({ Attributes: toItem(next) });
  model.put(next);
};

const transact: Step = (engine, model, dice) => {
  const [first, second] = [dice.item(), dice.item()];
  if (first.pk === second.pk && first.sk === second.sk) return;
  const condition = { ConditionExpression: 'attribute_exists(pk)' };
  const isDone = succeeds(() =>
    engine.run('TransactWriteItems', {
      TransactItems: [
        { Put: { ...Things, Item: toItem(first) } },
        { Delete: { ...Things, Key: key(second.pk, second.sk), ...condition } },
      ],
    }),
  );
  expect(isDone).toBe(model.get(second.pk, second.sk) !== undefined);
  if (!isDone) return;
  model.put(first);
  model.remove(second.pk, second.sk);
};

const batch: Step = (engine, model, dice) => {
  const items = new Map(Array.from({ length: 5 }, () => dice.item()).map((item) => [`${item.pk}/${item.sk}`, item]));
  const requests = [...items.values()].map((item) => ({ PutRequest: { Item: toItem(item) } }));
  engine.run('BatchWriteItem', { RequestItems: { Things: requests } });
  for (const item of items.values()) model.put(item);
};

const query: Step = (engine, model, dice) => {
  const { pk } = dice.key();
  const [low, high] = [dice.key().sk, dice.key().sk].sort((a, b) => a - b) as [number, number];
  const forward = dice.roll(2) === 0;
  const found = pages(engine, 'Query', dice.roll(4) + 1, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
    ExpressionAttributeValues: { ':pk': { S: pk }, ':low': { N: String(low) }, ':high': { N: String(high) } },
    ScanIndexForward: forward,
  });
  const expected = model.query(pk, low, high).map(toItem);
  expect(found).toEqual(forward ? expected : expected.reverse());
};

const queryIndex: Step = (engine, model, dice) => {
  const author = `a${dice.roll(3)}`;
  const forward = dice.roll(2) === 0;
  const found = pages(engine, 'Query', dice.roll(6) + 1, {
    IndexName: 'byAuthor',
    KeyConditionExpression: 'author = :author',
    ExpressionAttributeValues: { ':author': { S: author } },
    ScanIndexForward: forward,
  });
  const expected = model.byAuthor(author);
  expect(canonical(found)).toEqual(canonical(expected.map(toItem)));
  const scores = expected.map(({ score }) => score);
  expect(found.map((item) => Number((item.score as { N: string }).N))).toEqual(forward ? scores : scores.reverse());
};

const scan: Step = (engine, model, dice) => {
  const TotalSegments = dice.roll(3) + 1;
  const input: JsonObject = dice.roll(2) === 0 ? {} : { IndexName: 'byAuthor' };
  const found = Array.from({ length: TotalSegments }, (_, Segment) =>
    pages(engine, 'Scan', dice.roll(9) + 1, { ...input, Segment, TotalSegments }),
  ).flat();
  const isIndexed = (item: ModelItem) => item.author !== undefined && item.score !== undefined;
  const expected = model.all().filter((item) => !('IndexName' in input) || isIndexed(item));
  expect(canonical(found)).toEqual(canonical(expected.map(toItem)));
};

const steps: readonly Step[] = [
  put,
  put,
  put,
  putIfAbsent,
  remove,
  update,
  update,
  transact,
  batch,
  query,
  query,
  queryIndex,
  scan,
];

function succeeds(call: () => unknown): boolean {
  try {
    call();
    return true;
  } catch (error) {
    if (error instanceof AwsError && /^(ConditionalCheckFailed|TransactionCanceled)/.test(error.code)) return false;
    throw error;
  }
}

function pages(engine: TestEngine, operation: string, Limit: number, input: JsonObject): JsonObject[] {
  const items: JsonObject[] = [];
  let start: JsonObject | undefined;
  do {
    const page = engine.run(operation, { ...Things, ...input, Limit, ...(start ? { ExclusiveStartKey: start } : {}) });
    items.push(...(page.Items as JsonObject[]));
    start = page.LastEvaluatedKey as JsonObject | undefined;
  } while (start);
  return items;
}

/** Items without an order, of their own or of their attributes. */
function canonical(items: readonly JsonObject[]): string[] {
  return items.map((item) => JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))).sort();
}

/** Applies a stream's records to a copy of the items, as a consumer would. */
function replay(engine: TestEngine): JsonObject[] {
  const copy = new Map<string, JsonObject>();
  for (const { dynamodb } of engine.db.stream('Things').read(null, 1_000_000)) {
    const id = JSON.stringify(dynamodb.Keys);
    if (dynamodb.NewImage) copy.set(id, dynamodb.NewImage);
    else copy.delete(id);
  }
  return [...copy.values()];
}

describe('The engine agrees with a plain model', () => {
  it.each(seeds)('over random operations (seed %s)', (seed) => {
    const dice = openDice(seed);
    const engine = openThings({ indexes: [byAuthor()], stream: 'NEW_AND_OLD_IMAGES' });
    const model = createModel();
    for (let number = 0; number < STEPS; number += 1) {
      const step = steps[dice.roll(steps.length)] as Step;
      try {
        step(engine, model, dice);
      } catch (error) {
        const replayed = `MODEL_SEED=${seed} vitest run --project local packages/local/test/dynamodb/model.test.ts`;
        throw new Error(`Step ${number} differs. Replay: ${replayed}`, { cause: error });
      }
    }
    expect(canonical(pages(engine, 'Scan', 100, {}))).toEqual(canonical(model.all().map(toItem)));
    expect(canonical(replay(engine))).toEqual(canonical(model.all().map(toItem)));
  });
});
