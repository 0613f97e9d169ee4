import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { AppSyncClient } from '@aws-sdk/client-appsync';
import { type ObservedEvaluation, startLocal } from '@hiroba/local';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../../infra/config.ts';
import { synthesizeOnce } from '../../infra/program.ts';
import { installedLayers } from '../../infra/testing/installedLayers.ts';
import { bundlesOf } from '../../infra/verify/bundles.ts';
import type { RecordedContext } from '../../infra/verify/contexts.ts';
import { evaluate, MAX_CONTEXT_CHARACTERS } from '../../infra/verify/evaluate.ts';
import { withoutMoment } from '../../infra/verify/moment.ts';
import { targetOf } from '../support/globalSetup.ts';
import { monthsAgo } from './monthsAgo.ts';
import { written } from './written.ts';

const FOLDER = import.meta.dirname;

/** Contexts of one handler: enough for each thing it may come to, and no more than a person reads. */
const PER_HANDLER = 3;

type Handler = RecordedContext['handler'];
type Candidate = Pick<RecordedContext, 'handler' | 'context'>;

/** `npm run contexts:record`: the root tests, against a system that keeps what its handlers were given. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'hiroba-contexts-'));
  await synthesizeOnce(process.cwd(), readConfig(['--outdir', directory], {}));
  const seen = recorder();
  const options = { from: directory, port: 0, awsPort: 0, dataDirectory: null, layers: installedLayers };
  const system = await startLocal({ ...options, clock: monthsAgo, onEvaluation: seen.observe });
  project.provide('target', targetOf(system, directory));
  return async () => {
    await system.close();
    const today = await startLocal(options);
    await write(clientOf(today), bundlesOf(directory), seen.candidates());
    await today.close();
    rmSync(directory, { recursive: true });
  };
}

/** Keeps the smallest context of each thing that a handler came to. */
function recorder() {
  const byName = new Map<string, Map<string, Candidate & { readonly size: number }>>();
  return {
    observe({ name, handler, context, evaluation }: ObservedEvaluation): void {
      const kept = contextOf(context);
      const size = JSON.stringify(kept).length;
      if (size > MAX_CONTEXT_CHARACTERS || isOfToday(kept)) return;
      const candidates = byName.get(nameOf(name)) ?? new Map<string, Candidate & { readonly size: number }>();
      byName.set(nameOf(name), candidates);
      const kind = `${handler} ${kindOf(evaluation)}`;
      // Now: the handler's own context changes while the request goes on.
      if (size < (candidates.get(kind)?.size ?? Infinity))
        candidates.set(kind, { handler, context: structuredClone(kept), size });
    },
    candidates: (): Map<string, Candidate[]> =>
      new Map([...byName].map(([name, kinds]) => [name, fewOf([...kinds.values()])])),
  };
}

/** `aws_appsync_resolver.Query_post` and `aws_appsync_function.loadPost`, as the files are named. */
function nameOf(address: string): string {
  const [, type, id = ''] = /(\w+)\.(\w+)$/.exec(address) ?? [];
  return type === 'aws_appsync_resolver' ? id.replace('_', '.') : id;
}

/** As EvaluateCode takes it: headers hold tokens, and handlers read the trace id alone; the environment is empty. */
function contextOf(context: ObservedEvaluation['context']): RecordedContext['context'] {
  const { args, identity, source, stash, result, prev, error, info } = context;
  const trace = context.request.headers['x-amzn-trace-id'];
  const { fieldName, parentTypeName, variables } = info;
  const request = parentTypeName === 'Mutation' && trace ? { headers: { 'x-amzn-trace-id': trace } } : undefined;
  const present = { identity, source, result, prev, error, request };
  const given = Object.entries(present).filter(([, value]) => value !== undefined && value !== null);
  return { arguments: args, ...Object.fromEntries(given), stash, info: { fieldName, parentTypeName, variables } };
}

/** Workers have today's clock. What they wrote would mean something else when it is evaluated again. */
function isOfToday(context: RecordedContext['context']): boolean {
  return !isDeepStrictEqual(withoutMoment(context, { now: Date.now(), given: null }), context);
}

/** What tells outcomes apart: how the handler ended, and which members its value has. */
function kindOf({ result, error, earlyReturn, appendedErrors }: ObservedEvaluation['evaluation']): string {
  if (error) return `error ${error.errorType}`;
  const members = JSON.stringify(result, (_, value: unknown) => {
    if (Array.isArray(value)) return value.slice(0, 1);
    return typeof value === 'string' || typeof value === 'number' ? typeof value : value;
  });
  return `${earlyReturn ? 'early ' : ''}${appendedErrors.length > 0 ? 'appended ' : ''}${members}`;
}

function fewOf(candidates: readonly (Candidate & { readonly size: number })[]): Candidate[] {
  const smallestFirst = [...candidates].sort((a, b) => a.size - b.size);
  return (['request', 'response'] as const).flatMap((wanted: Handler) =>
    smallestFirst
      .filter(({ handler }) => handler === wanted)
      .slice(0, PER_HANDLER)
      .map(({ handler, context }) => ({ handler, context })),
  );
}

function clientOf({ credentials, configuration, endpoints }: Awaited<ReturnType<typeof startLocal>>): AppSyncClient {
  return new AppSyncClient({ endpoint: endpoints.aws, region: configuration?.region ?? 'us-east-1', credentials });
}

async function write(
  client: AppSyncClient,
  bundles: ReadonlyMap<string, string>,
  candidates: ReadonlyMap<string, readonly Candidate[]>,
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const file of readdirSync(FOLDER)) if (file.endsWith('.json')) rmSync(join(FOLDER, file));
  for (const [name, code] of bundles) {
    const recorded: RecordedContext[] = [];
    for (const { handler, context } of [...(candidates.get(name) ?? []), ...(written[name] ?? [])]) {
      recorded.push({ handler, context, outcome: await evaluate(client, { code, handler, context, now: Date.now() }) });
    }
    if (recorded.length === 0) console.warn(`no test reaches ${name}: give it a context in test/contexts/written.ts`);
    else writeFileSync(join(FOLDER, `${name}.json`), linesOf(recorded));
  }
}

/** One context a line: a difference shows which. */
function linesOf(recorded: readonly RecordedContext[]): string {
  return `[\n${recorded.map((context) => JSON.stringify(context)).join(',\n')}\n]\n`;
}
