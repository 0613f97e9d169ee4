import { useCallback, useState } from 'react';

interface Action {
  readonly isBusy: boolean;
  readonly error: unknown;
  /** Resolves to whether it worked; what went wrong is in `error`. */
  readonly run: (act: () => Promise<void>) => Promise<boolean>;
}

/** One thing at a time that a person asked for. */
export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = useCallback(async (act: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await act();
      return true;
    } catch (caught) {
      setError(caught);
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { isBusy, error, run };
}
