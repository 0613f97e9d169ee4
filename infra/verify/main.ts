import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AppSyncClient } from '@aws-sdk/client-appsync';
import { readConfig } from '../config.ts';
import { synthesizeOnce } from '../program.ts';
import { bundlesOf } from './bundles.ts';
import { readContexts } from './contexts.ts';
import { evaluateAll, type Verdict } from './evaluateAll.ts';
import { missingOf, rootTests } from './rootTests.ts';

const USAGE = `npm run verify:aws -- [flags]
  Runs every resolver and function with its recorded contexts through AWS AppSync's EvaluateCode (one call per context, a few hundred), with
  the credentials that the AWS CLI would use, and prints where AWS and the local runtime differ.
  --aws-endpoint URL  another AWS: the AWS port of the local system
  --region NAME       default: AWS_REGION, or us-east-1
  --only NAME         one resolver (Query.post) or function (loadPost)
  --endpoint URL      then the root tests, too, against the deployment whose GraphQL endpoint this is; they need
                      HIROBA_API_KEY, HIROBA_IDENTITY_POOL_ID, HIROBA_USER_POOL_ID and
                      HIROBA_USER_POOL_CLIENT_ID`;

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

interface Options {
  readonly awsEndpoint: string | undefined;
  readonly region: string;
  readonly only: string | undefined;
  readonly endpoint: string | undefined;
}

function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const options = { 'aws-endpoint': text, region: text, only: text, endpoint: text };
  const { values } = parseArgs({ args: [...args], strict: true, options });
  const region = values.region ?? process.env.AWS_REGION ?? 'us-east-1';
  return { awsEndpoint: values['aws-endpoint'], region, only: values.only, endpoint: values.endpoint };
}

async function main(options: Options): Promise<number> {
  const missing = options.endpoint === undefined ? [] : missingOf(process.env);
  if (missing.length > 0) {
    console.error(`--endpoint needs ${missing.join(', ')}: see the outputs of the stacks data and api`);
    return 1;
  }
  const differing = await compareEvaluations(options);
  if (options.endpoint === undefined) return differing;
  const tests = await rootTests({ ...options, root, endpoint: options.endpoint });
  return differing || tests;
}

/** @returns 1 when AWS and the recorded outcomes differ. */
async function compareEvaluations({ awsEndpoint, region, only }: Options): Promise<number> {
  const contexts = readContexts(join(root, 'test', 'contexts'));
  const bundles = await synthesizedBundles();
  const client = new AppSyncClient({ region, ...(awsEndpoint ? { endpoint: awsEndpoint } : {}) });
  const names = [...bundles.keys()].filter((name) => only === undefined || name === only);
  if (names.length === 0) throw new TypeError(`Unknown name ${only}`);
  const verdict = await evaluateAll(client, { names, bundles, contexts, tell: (line) => console.log(line) });
  console.log(summary(verdict, awsEndpoint ?? `AWS, ${region}`));
  return verdict.different.length + verdict.withoutContext.length > 0 ? 1 : 0;
}

function summary({ same, different, withoutContext }: Verdict, where: string): string {
  const lines = [`EvaluateCode at ${where}: ${same} outcomes as recorded, ${different.length} different`];
  if (withoutContext.length > 0) lines.push(`without a recorded context: ${withoutContext.join(', ')}`);
  return lines.join('\n');
}

/** Contexts are recorded with the names of the dev stage in the code, so that is what is evaluated. */
async function synthesizedBundles(): Promise<ReadonlyMap<string, string>> {
  const outdir = mkdtempSync(join(tmpdir(), 'hiroba-verify-'));
  try {
    await synthesizeOnce(root, readConfig(['--stage', 'dev', '--outdir', outdir], {}));
    return bundlesOf(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof TypeError && /^(Unknown|Option)/.test(error.message))) throw error;
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 1;
}
