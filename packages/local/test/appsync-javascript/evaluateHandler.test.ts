import { expect, it } from 'vitest';

import { manualClock } from '../../src/clock.ts';
import { seededRandom } from '../../src/random.ts';
import { createHandlerEvaluator } from '../../src/services/appsync/javascript/evaluateHandler.ts';
import { NOW } from './support.ts';

const evaluate = createHandlerEvaluator({ clock: manualClock(NOW), random: seededRandom('handlers') });

it('a handler is evaluated with the parts of a context that a test gives', () => {
  const code = 'export const response = (ctx) => ({ ...ctx.result, by: ctx.identity?.sub ?? "nobody" });';
  expect(evaluate(code, 'response', { result: { id: 1 } }).result).toEqual({ id: 1, by: 'nobody' });
  expect(evaluate(code, 'response', { identity: { sub: 'u' } }).result).toEqual({ by: 'u' });
});

it('code that does not deploy is not evaluated', () => {
  expect(() => evaluate('export const request = () => { while (true) {} };', 'request')).toThrow(
    'The code contains one or more errors.',
  );
});
