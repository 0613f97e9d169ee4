import { type Child, startChild } from '../child.ts';
import type { Setting } from './data.ts';

/** One of those that are measured. */
export interface Contender {
  readonly name: 'hiroba' | 'yoga' | 'memory';
  readonly url: URL;
  /** Milliseconds that its processes have used, its database included. */
  processorTime(): Promise<number>;
  /** Until it has done what follows from what was written. */
  idle(): Promise<void>;
}

export interface Field {
  readonly hiroba: Contender;
  readonly setting: Setting;
  /** In the process of Hiroba. */
  readonly child: Child;
  readonly others: readonly Contender[];
  close(): Promise<void>;
}

/** Starts Hiroba and, unless it is to be alone, those it is compared with, each in processes of its own. */
export async function openField(options: {
  readonly alone: boolean;
  readonly progress: (line: string) => void;
}): Promise<Field> {
  const { alone, progress } = options;
  const children: Child[] = [];
  const contenders: Contender[] = [];
  const start = (module: string): Child => {
    const child = startChild(new URL(module, import.meta.url));
    children.push(child);
    return child;
  };
  const close = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.end()));
  };
  const enter = (name: Contender['name'], address: string, processes: readonly Child[]): Contender => {
    // Every one of them listens there, and looking up a name is not what is measured.
    const url = new URL(address.replace('localhost', '127.0.0.1'));
    const contender: Contender = {
      name,
      url,
      async processorTime() {
        const times = await Promise.all(processes.map((process) => process.processorTime()));
        return times.reduce((sum, time) => sum + time, 0);
      },
      idle: async () => {
        for (const process of processes) await process.order('idle');
      },
    };
    contenders.push(contender);
    return contender;
  };
  try {
    progress('starting Hiroba from its Terraform and seeding it ...');
    const child = start('./contenders/hiroba.ts');
    const { url, setting } = await child.order<{ url: string; setting: Setting }>('start');
    const hiroba = enter('hiroba', url, [child]);
    if (!alone) {
      progress('starting graphql-yoga on dynalite, and graphql-js in memory, with the same data ...');
      const [dynalite, yoga] = [start('./contenders/dynalite.ts'), start('./contenders/yoga.ts')];
      const endpoint = await dynalite.order<string>('start');
      enter('yoga', await yoga.order<string>('start', { endpoint, setting }), [yoga, dynalite]);
      const memory = start('./contenders/inMemory.ts');
      enter('memory', await memory.order<string>('start', setting), [memory]);
    }
    return { hiroba, setting, child, others: contenders.slice(1), close };
  } catch (error) {
    await close();
    throw error;
  }
}
