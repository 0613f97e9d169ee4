import { agreedCalls } from './calls.ts';
import type { Contender, Field } from './field.ts';
import { type Round, round } from './load/round.ts';
import { type Operation, operations } from './operations.ts';

const WARM_UP_MILLISECONDS = 1_500;
const ROUNDS = 5;
const ROUND_MILLISECONDS = 800;

/** A round, and what it took of the processors. */
export interface Turn extends Round {
  /** Milliseconds a request, with what follows from a write, whoever else the machine worked for. */
  readonly processorTime: number;
}

/** The rounds of every contender, in the order in which they took turns. */
export interface Measured {
  readonly operation: Operation;
  readonly turns: ReadonlyMap<Contender['name'], readonly Turn[]>;
}

/** One operation after the other, the contenders in turns, so that what else the machine does meets them alike. */
export async function compare(field: Field, progress: (line: string) => void): Promise<Measured[]> {
  const contenders = [field.hiroba, ...field.others];
  const measured: Measured[] = [];
  for (const operation of operations(field.setting)) {
    progress(`measuring ${operation.name} ...`);
    const calls = await agreedCalls(operation, contenders, field.setting);
    const run = async (contender: Contender, milliseconds: number): Promise<Turn> => {
      const next = calls.get(contender);
      if (!next) throw new Error(`${contender.name} has not been asked`);
      const before = await contender.processorTime();
      const result = await round(contender.url, next, milliseconds);
      await contender.idle();
      const used = (await contender.processorTime()) - before;
      return { ...result, processorTime: used / result.latencies.length };
    };
    const turns = new Map(contenders.map(({ name }) => [name, [] as Turn[]]));
    for (const contender of contenders) await run(contender, WARM_UP_MILLISECONDS);
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      for (const contender of contenders) turns.get(contender.name)?.push(await run(contender, ROUND_MILLISECONDS));
    }
    measured.push({ operation, turns });
  }
  return measured;
}
