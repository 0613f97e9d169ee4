import type { Throughput } from '../definitions/throughput.ts';

/** What tables and indexes serve according to the Terraform that is loaded. */
export interface Limits {
  replace(throughput: ReadonlyMap<string, Throughput>): void;
  current(): ReadonlyMap<string, Throughput>;
}

export function createLimits(): Limits {
  let current: ReadonlyMap<string, Throughput> = new Map();
  return {
    replace(throughput) {
      current = throughput;
    },
    current: () => current,
  };
}
