import { afterEach, beforeEach, expect, it } from 'vitest';
import { manualClock, movableClock } from '../../src/clock.ts';
import { functionOf, startLambda, type TestLambda } from './support.ts';

const THEN = Date.parse('2031-05-01T12:00:00Z');
const clock = movableClock(manualClock(THEN));
let running: TestLambda;

beforeEach(() => {
  clock.set(THEN);
  running = startLambda({ clock });
});
afterEach(() => running.lambda.close());

async function run(source: string): Promise<unknown> {
  running.lambda.provision(functionOf(source));
  return JSON.parse((await running.lambda.invoke('work', '{}')).payload);
}

it("is the local clock's for all that Date does without a time", async () => {
  const answer = await run(`export const handler = async () => ({
    now: new Date(Date.now()), constructed: new Date(), called: Date(),
  });`);
  expect(answer).toEqual({
    now: expect.stringMatching(/^2031-05-01T12:00:/) as string,
    constructed: expect.stringMatching(/^2031-05-01T12:00:/) as string,
    called: expect.stringMatching(/^Thu May 01 2031 /) as string,
  });
});

it('is the same while the module loads', async () => {
  expect(await run('const at = new Date(); export const handler = async () => at;')).toMatch(/^2031-05-01T12:00:/);
});

it('moves with the local clock between two calls of the same worker', async () => {
  const source = 'let calls = 0; export const handler = async () => [++calls, new Date().toISOString().slice(0, 10)];';
  expect(await run(source)).toEqual([1, '2031-05-01']);
  clock.advance(86_400_000);
  expect(await run(source)).toEqual([2, '2031-05-02']);
});

it('goes on within a call, also where the local clock stands still', async () => {
  const source = `export const handler = async () => {
    const begun = Date.now();
    while (Date.now() < begun + 20);
    return 'over';
  };`;
  expect(await run(source)).toBe('over');
});

it('leaves the rest of Date as it is', async () => {
  const answer = await run(`class Day extends Date { get weekday() { return this.getUTCDay(); } }
    export const handler = async () => [
      new Date(0), new Date(2031, 4, 1).getMonth(), Date.UTC(2031, 4, 1), Date.parse('2031-05-01T00:00:00Z'),
      new Date() instanceof Date, new Date().constructor === Date, new Day(0).weekday, new Day() instanceof Day, Date.name,
    ];`);
  expect(answer).toEqual([
    '1970-01-01T00:00:00.000Z',
    4,
    1_935_360_000_000,
    1_935_360_000_000,
    true,
    true,
    4,
    true,
    'Date',
  ]);
});
