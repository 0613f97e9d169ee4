/** What a loop sleeps on. A call of `wake` while nobody sleeps ends the next sleep at once, so that none is lost. */
export interface Signal {
  wake(): void;
  wait(): Promise<void>;
}

export function createSignal(): Signal {
  let pending = false;
  let sleeper: (() => void) | null = null;
  return {
    wake() {
      if (sleeper) sleeper();
      else pending = true;
    },
    async wait() {
      if (!pending) await new Promise<void>((resolve) => (sleeper = resolve));
      pending = false;
      sleeper = null;
    },
  };
}
