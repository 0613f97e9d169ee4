import type { Alarms } from '../../alarms.ts';
import type { Queue } from './model.ts';

/** Tells those who wait for messages when to look again. */
export interface Visibility {
  /** Calls the listener, in a microtask, when there may be a visible message; returns how to stop. */
  listen(queue: Queue, listener: () => void): () => void;
  /** There may be a visible message now. */
  now(queue: Queue): void;
  /** A message will be visible then. */
  at(queue: Queue, time: number): void;
  close(): void;
}

interface Watched {
  readonly listeners: Set<() => void>;
  /** The one alarm of a queue: for the next message that will be visible. */
  alarm: { readonly time: number; readonly takeBack: () => void } | null;
  scheduled: boolean;
}

/** One alarm for each queue that somebody waits for, however many messages are hidden. */
export function createVisibility(alarms: Alarms, nextVisibleAt: (queue: Queue) => number | null): Visibility {
  const watched = new Map<number, Watched>();

  function schedule(entry: Watched): void {
    if (entry.scheduled) return;
    entry.scheduled = true;
    queueMicrotask(() => {
      entry.scheduled = false;
      for (const listener of [...entry.listeners]) listener();
    });
  }

  function arm(queue: Queue, entry: Watched, time: number): void {
    if (entry.alarm && entry.alarm.time <= time) return;
    entry.alarm?.takeBack();
    const takeBack = alarms.at(time, () => {
      entry.alarm = null;
      schedule(entry);
      armNext(queue, entry);
    });
    entry.alarm = { time, takeBack };
  }

  function armNext(queue: Queue, entry: Watched): void {
    const next = nextVisibleAt(queue);
    if (next !== null) arm(queue, entry, next);
  }

  function forget(number: number): void {
    watched.get(number)?.alarm?.takeBack();
    watched.delete(number);
  }

  return {
    listen(queue, listener) {
      const entry = watched.get(queue.number) ?? { listeners: new Set(), alarm: null, scheduled: false };
      watched.set(queue.number, entry);
      entry.listeners.add(listener);
      armNext(queue, entry);
      return () => {
        entry.listeners.delete(listener);
        if (entry.listeners.size === 0 && watched.get(queue.number) === entry) forget(queue.number);
      };
    },
    now(queue) {
      const entry = watched.get(queue.number);
      if (entry) schedule(entry);
    },
    at(queue, time) {
      const entry = watched.get(queue.number);
      if (entry) arm(queue, entry, time);
    },
    close() {
      for (const number of [...watched.keys()]) forget(number);
    },
  };
}
