import type { Timers } from '../../../timers.ts';
import type { Signal } from './signal.ts';

/** The time in which a batch may fill up before the function is called with what there is. */
export interface BatchingWindow {
  /** Resolves when there is something new, to `false` when the batch should go out as it is. The first call starts the time. */
  waitForMore(): Promise<boolean>;
  close(): void;
}

export interface BatchingWindowOptions {
  /** 0: never wait. */
  readonly milliseconds: number;
  readonly timers: Timers;
  readonly news: Signal;
  /** False when somebody wants the batch at once. */
  readonly isWanted: () => boolean;
}

export function openWindow({ milliseconds, timers, news, isWanted }: BatchingWindowOptions): BatchingWindow {
  let isOver = milliseconds === 0;
  let timer: unknown = null;
  const close = (): void => {
    if (timer !== null) timers.clearTimeout(timer);
    timer = null;
  };
  return {
    close,
    async waitForMore() {
      if (isOver || !isWanted()) return false;
      timer ??= timers.setTimeout(() => {
        isOver = true;
        news.wake();
      }, milliseconds);
      await news.wait();
      return !isOver;
    },
  };
}
