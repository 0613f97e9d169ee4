import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalSystem, startLocal } from '@hiroba/local';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../../infra/config.ts';
import { synthesizeOnce } from '../../infra/program.ts';

/** Where the tests find the system; strings only, since it crosses to the workers. */
export interface Target {
  readonly endpoint: string;
  readonly realtimeUrl: string;
  readonly awsEndpoint: string;
  readonly region: string;
  readonly apiKey: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The object for `Amplify.configure`, as JSON. */
  readonly amplify: string;
  /** The folder of Terraform JSON, for tests that start a system of their own. */
  readonly terraform: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    target: Target;
  }
}

/** One system for all test files: the real Terraform, run in memory. Tests keep apart by making their own members. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'hiroba-test-'));
  await synthesizeOnce(process.cwd(), readConfig(['--outdir', directory], {}));
  const system = await startLocal({ from: directory, port: 0, awsPort: 0, dataDirectory: null });
  project.provide('target', targetOf(system, directory));
  return async () => {
    await system.close();
    await rm(directory, { recursive: true });
  };
}

/** What tests are told of a system that runs the Terraform in `directory`. */
export function targetOf({ configuration, credentials }: LocalSystem, directory: string): Target {
  if (!configuration) throw new Error('the Terraform has no GraphQL API');
  return {
    endpoint: configuration.endpoint,
    realtimeUrl: configuration.realtimeUrl,
    awsEndpoint: configuration.awsEndpoint,
    region: configuration.region,
    apiKey: configuration.apiKey ?? '',
    userPoolId: configuration.userPoolId ?? '',
    userPoolClientId: configuration.userPoolClientId ?? '',
    ...credentials,
    amplify: JSON.stringify(configuration.amplify),
    terraform: directory,
  };
}
