import { type Child, startChild } from './child.ts';
import type { Setting } from './data.ts';

/** One of those that are measured. */
export interface Contender {
  readonly name: 'hiroba' | 'yoga' | 'memory';
  readonly url: URL;
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
    const child = startChild(module);
    children.push(child);
    return child;
  };
  const close = async (): Promise<void> => {
    await Promise.all(children.map((child) => child.end()));
  };
  const enter = (name: Contender['name'], address: string, idle = async () => {}): Contender => {
    // Every one of them listens there, and looking up a name is not what is measured.
    const url = new URL(address.replace('localhost', '127.0.0.1'));
    const contender = { name, url, idle };
    contenders.push(contender);
    return contender;
  };
  try {
    progress('starting Hiroba from its Terraform and seeding it ...');
    const child = start('./contenders/hiroba.ts');
    const { url, setting } = await child.order<{ url: string; setting: Setting }>('start');
    const hiroba = enter('hiroba', url, () => child.order('idle'));
    if (!alone) {
      progress('starting graphql-yoga on dynalite, and graphql-js in memory, with the same data ...');
      const endpoint = await start('./contenders/dynalite.ts').order<string>('start');
      enter('yoga', await start('./contenders/yoga.ts').order<string>('start', { endpoint, setting }));
      enter('memory', await start('./contenders/inMemory.ts').order<string>('start', setting));
    }
    return { hiroba, setting, child, others: contenders.slice(1), close };
  } catch (error) {
    await close();
    throw error;
  }
}
