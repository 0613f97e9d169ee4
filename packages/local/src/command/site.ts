import type { LocalSystem } from '../system/start.ts';
import { runWithSystem } from './runWithSystem.ts';

/** Publishes the site and tells where it is. Without it the API is as good as before. */
export async function publishSite(system: LocalSystem, command: string | null): Promise<void> {
  const url = system.configuration?.siteUrl;
  if (command === null || !url) return;
  const code = await runWithSystem(system, command);
  if (code === 0) console.log(`site ${url}`);
  else console.error(`error: --site "${command}" ended with exit code ${code}. It is tried again at the next start.`);
}
