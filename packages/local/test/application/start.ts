import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type LocalOptions, type LocalSystem, startLocal } from '../../src/index.ts';
import { type Greenhouse, writeGreenhouse } from './greenhouse.ts';

export interface Started {
  readonly system: LocalSystem;
  readonly folder: string;
  send(query: string): Promise<Answer>;
  /** Before the end of the test, as for a restart. */
  stop(): Promise<void>;
}

interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly { readonly errorType?: string; readonly message: string }[];
}

/** The greenhouse on free ports until the end of the test. */
export async function startGreenhouse(
  change?: (terraform: Greenhouse) => void,
  options: Partial<LocalOptions> = {},
): Promise<Started> {
  const folder = await temporaryFolder('greenhouse-');
  await writeGreenhouse(folder, change);
  const system = await startLocal({ from: folder, port: 0, awsPort: 0, dataDirectory: null, ...options });
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= system.close());
  onTestFinished(stop);
  return {
    system,
    folder,
    stop,
    async send(query) {
      const response = await fetch(system.endpoints.graphql, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': system.configuration?.apiKey ?? '' },
        body: JSON.stringify({ query }),
      });
      return (await response.json()) as Answer;
    },
  };
}

/** Removed at the end of the test. */
export async function temporaryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
