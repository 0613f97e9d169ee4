import type { LocalSystem } from '../system/start.ts';
import { runWithSystem } from './runWithSystem.ts';

/** Kept with the data when it has been seeded. */
const MARK = 'seeded';

/** Runs the seed command once per data folder. */
export async function seedWhenEmpty(system: LocalSystem, command: string | null): Promise<void> {
  if (command === null || system.marks.read(MARK) !== null) return;
  const code = await runWithSystem(system, command);
  system.clock.release();
  if (code === 0) system.marks.write(MARK, new Date().toISOString());
  else console.error(`error: --seed "${command}" ended with exit code ${code}. It is tried again at the next start.`);
}
