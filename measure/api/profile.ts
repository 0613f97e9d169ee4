import { agreedCalls } from './calls.ts';
import type { Field } from './field.ts';
import { round } from './load/round.ts';
import type { Operation } from './operations.ts';
import { type CpuProfile, selfTimes } from '../selfTimes.ts';

const WARM_UP_MILLISECONDS = 4_000;
const PROFILED_MILLISECONDS = 6_000;
const PLACES = 16;
const FUNCTIONS = 14;

/** Where the process of Hiroba spends its time while it answers one operation. Workers, which run functions, are not in it. */
export async function profile(
  { hiroba, setting, child }: Field,
  operation: Operation,
  progress: (line: string) => void,
): Promise<string> {
  progress(`profiling ${operation.name} ...`);
  const next = (await agreedCalls(operation, [hiroba], setting)).get(hiroba);
  if (!next) throw new Error('Hiroba has not been asked');
  await round(hiroba.url, next, WARM_UP_MILLISECONDS);
  await hiroba.idle();
  await child.order('profile');
  const { perSecond, latencies } = await round(hiroba.url, next, PROFILED_MILLISECONDS);
  const { places, functions, busy } = selfTimes(await child.order<CpuProfile>('profiled'));
  await hiroba.idle();
  const perRequest = busy / latencies.length;
  const lines = (entries: ReadonlyMap<string, number>, most: number): string[] =>
    [...entries]
      .sort(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([name, time]) => {
        const share = time / busy;
        return `${(share * 100).toFixed(1).padStart(6)} %${(share * perRequest).toFixed(0).padStart(7)} µs  ${name}`;
      });
  return [
    `${operation.name}: ${perRequest.toFixed(0)} µs of processor time a request; ${perSecond.toFixed(0)} requests/s while it is profiled`,
    ...lines(places, PLACES),
    '   of which, by function:',
    ...lines(functions, FUNCTIONS),
    '',
  ].join('\n');
}
