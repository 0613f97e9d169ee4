import { fork } from 'node:child_process';
import { once } from 'node:events';

interface Order {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}
interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** A process of ours that does what it is told, one order after the other or at once. */
export interface Child {
  order<Value>(name: string, input?: unknown): Promise<Value>;
  /** Milliseconds of processor time that it has used, in all its threads. */
  processorTime(): Promise<number>;
  /** Lets it end by itself; resolves when it has. */
  end(): Promise<void>;
}

const PROCESSOR_TIME = 'processor time';
/** A child has this long to end by itself. */
const PATIENCE_MILLISECONDS = 5_000;

export function startChild(module: URL): Child {
  const child = fork(module, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let orders = 0;
  child.on('message', ({ id, value, error }: Answer) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(value);
    else asked?.reject(new Error(`${nameOf(module)}: ${error}`));
  });
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`${nameOf(module)} ended with ${signal ?? code}`));
    waiting.clear();
  });
  function order<Value>(name: string, input?: unknown): Promise<Value> {
    const asked = Promise.withResolvers<unknown>();
    const id = orders++;
    waiting.set(id, asked);
    child.send({ id, name, input } satisfies Order, (error) => error && asked.reject(error));
    return asked.promise as Promise<Value>;
  }
  return {
    order,
    processorTime: () => order(PROCESSOR_TIME),
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MILLISECONDS);
      if (child.connected) child.disconnect();
      await ended;
      clearTimeout(impatience);
    },
  };
}

const nameOf = ({ pathname }: URL): string => pathname.slice(pathname.lastIndexOf('/') + 1);

type Handlers = Readonly<Record<string, (input: never) => unknown>>;

/** The child's half; `idle` is known to all, and most have nothing left to do. When the one who gives orders has gone, for whatever reason, it closes and ends. */
export function obey(given: Handlers, close: () => Promise<void>): void {
  const handlers: Handlers = { idle: () => undefined, ...given, [PROCESSOR_TIME]: processorTime };
  process.on('message', ({ id, name, input }: Order) => {
    const answer = (rest: Omit<Answer, 'id'>): void => void process.send?.({ id, ...rest } satisfies Answer);
    Promise.resolve()
      .then(() => {
        const handler = handlers[name];
        if (!handler) throw new Error(`nobody knows how to ${name}`);
        return handler(input as never);
      })
      .then(
        (value) => answer({ value }),
        (error: unknown) => answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  process.on('disconnect', () => {
    void close().finally(() => process.exit());
  });
  // Ctrl+C reaches the whole group; who gives the orders ends us.
  process.on('SIGINT', () => undefined);
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
