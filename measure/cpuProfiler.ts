import { Session } from 'node:inspector/promises';
import type { CpuProfile } from './selfTimes.ts';

/** Profiles the process that it is in. */
export interface CpuProfiler {
  start(): Promise<void>;
  stop(): Promise<CpuProfile>;
}

const INTERVAL_MICROSECONDS = 250;

export function cpuProfiler(): CpuProfiler {
  const session = new Session();
  return {
    async start() {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });
      await session.post('Profiler.start');
    },
    async stop() {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      return profile;
    },
  };
}
