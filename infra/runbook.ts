import type { Config } from './config.ts';

/** Where an alarm sends the person that it woke; its section follows as `#section`. */
export function runbook({ repository }: Pick<Config, 'repository'>): string {
  const path = 'docs/runbook.md';
  return repository ? `https://github.com/${repository}/blob/main/${path}` : path;
}
