import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalSystem, startLocal } from '@hiroba/local';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../../infra/config.ts';
import { installedLayers } from '../../infra/testing/installedLayers.ts';
import { synthesizeOnce } from '../../infra/program.ts';
import { announce, forgetNotes } from './runningSystems.ts';

/** Where the tests find the system; strings only, since it crosses to the workers. */
export interface Target {
  readonly endpoint: string;
  readonly realtimeUrl: string;
  /** Empty: AWS itself, which has neither a clock to move nor an outbox to read. */
  readonly awsEndpoint: string;
  readonly region: string;
  readonly apiKey: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly identityPoolId: string;
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

/** Every member who is made is welcomed by mail, and no test should wait for the mails of others. */
const MAILS_PER_SECOND = 10_000;
const ANY_MAIL = { maxSendRate: MAILS_PER_SECOND, max24HourSend: -1 };

/**
 * One system for all test files: the real Terraform, run in memory, or the one that HIROBA_ENDPOINT names. Tests keep apart by
 * making their own members.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'hiroba-test-'));
  const environment = {
    HIROBA_MAILS_PER_SECOND: String(MAILS_PER_SECOND),
    // What they have here is a page that stands in for them, as at `npm start`.
    HIROBA_SIGN_IN_WITH: 'Google=stand-in,LINE=stand-in,SignInWithApple=stand/in/s',
  };
  await synthesizeOnce(process.cwd(), readConfig(['--outdir', directory], environment));
  if (process.env['HIROBA_ENDPOINT']) {
    project.provide('target', remoteTarget(directory));
    return () => rm(directory, { recursive: true });
  }
  const system = await startLocal({
    from: directory,
    port: 0,
    awsPort: 0,
    dataDirectory: null,
    layers: installedLayers,
    mail: ANY_MAIL,
  });
  project.provide('target', targetOf(system, directory));
  announce(project, system);
  return async () => {
    await system.close();
    forgetNotes();
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
    identityPoolId: configuration.identityPoolId ?? '',
    ...credentials,
    amplify: JSON.stringify(configuration.amplify),
    terraform: directory,
  };
}

/** A system that runs already. Everything is named, so that no test meets another system by mistake. */
function remoteTarget(directory: string): Target {
  const read = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Error(`HIROBA_ENDPOINT is set, so ${name} must be, too (infra/verify/README.md lists them).`);
    return value;
  };
  const shared = {
    endpoint: read('HIROBA_ENDPOINT'),
    region: read('HIROBA_REGION'),
    apiKey: read('HIROBA_API_KEY'),
    userPoolId: read('HIROBA_USER_POOL_ID'),
    userPoolClientId: read('HIROBA_USER_POOL_CLIENT_ID'),
    identityPoolId: read('HIROBA_IDENTITY_POOL_ID'),
  };
  const { endpoint, region, apiKey, userPoolId, userPoolClientId, identityPoolId } = shared;
  return {
    ...shared,
    realtimeUrl: read('HIROBA_REALTIME_URL'),
    awsEndpoint: process.env['HIROBA_AWS_ENDPOINT'] ?? '',
    accessKeyId: read('AWS_ACCESS_KEY_ID'),
    secretAccessKey: read('AWS_SECRET_ACCESS_KEY'),
    amplify: JSON.stringify({
      Auth: { Cognito: { userPoolId, userPoolClientId, identityPoolId, allowGuestAccess: true } },
      API: { GraphQL: { endpoint, region, defaultAuthMode: 'userPool', apiKey } },
    }),
    terraform: directory,
  };
}
