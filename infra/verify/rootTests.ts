import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What the root tests need to know of a deployment beside its endpoint; each is an output of a stack. */
const NEEDED = [
  'HIROBA_API_KEY',
  'HIROBA_IDENTITY_POOL_ID',
  'HIROBA_USER_POOL_ID',
  'HIROBA_USER_POOL_CLIENT_ID',
] as const;

export function missingOf(environment: NodeJS.ProcessEnv): string[] {
  return NEEDED.filter((name) => !environment[name]);
}

export interface RootTests {
  readonly root: string;
  readonly endpoint: string;
  readonly awsEndpoint: string | undefined;
  readonly region: string;
}

/**
 * Runs the root tests against a deployment. Its whereabouts cross in the environment: HIROBA_ENDPOINT,
 * HIROBA_REALTIME_URL, HIROBA_AWS_ENDPOINT (absent: AWS itself), HIROBA_REGION, and the four of `missingOf`. Credentials
 * are the AWS SDK's own.
 */
export function rootTests({ root, endpoint, awsEndpoint, region }: RootTests): Promise<number> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const environment = {
    HIROBA_ENDPOINT: endpoint,
    HIROBA_REALTIME_URL: process.env.HIROBA_REALTIME_URL ?? realtimeOf(endpoint),
    HIROBA_REGION: region,
    ...(awsEndpoint ? { HIROBA_AWS_ENDPOINT: awsEndpoint } : {}),
  };
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'backend'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** AppSync's own names. https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html */
export function realtimeOf(endpoint: string): string {
  const url = new URL(endpoint);
  const plain = url.protocol === 'http:';
  const host = url.host.replace('.appsync-api.', '.appsync-realtime-api.');
  const ownDomain = host === url.host;
  return `${plain ? 'ws' : 'wss'}://${host}${url.pathname}${ownDomain ? '/realtime' : ''}`;
}
