import './workers.ts';
import 'graphiql/style.css';
import './console.css';
import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { appSyncFetcher } from './appSyncFetcher.ts';
import { operationsPlugin } from './operationsPlugin.tsx';
import type { Configuration, ConsoleSetup } from './setup.ts';
import { type Session, SignIn } from './signIn.tsx';
import { tracePlugin } from './tracePlugin.tsx';
import { createTraces } from './traces.ts';

function Console({ configuration, setup }: { readonly configuration: Configuration; readonly setup: ConsoleSetup }) {
  const [session, setSession] = useState<Session | null>(null);
  // One fetcher for the page's life: a new one would make GraphiQL read the schema again.
  const current = useMemo(() => ({ token: null as string | null }), []);
  current.token = session?.accessToken ?? null;
  const traces = useMemo(createTraces, []);
  const fetcher = useMemo(
    () => appSyncFetcher(configuration, () => current.token, traces),
    [configuration, current, traces],
  );
  const plugins = useMemo(() => [operationsPlugin(setup.operations), tracePlugin(traces)], [setup, traces]);
  // One that can be run as it is: a query without variables.
  const first =
    setup.operations.find(({ kind, variables }) => kind === 'query' && variables === '{}') ?? setup.operations[0];
  return (
    <GraphiQL
      fetcher={fetcher as never}
      plugins={plugins}
      defaultQuery={first?.document ?? ''}
      initialVariables={first?.variables ?? ''}
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Logo>
        <SignIn configuration={configuration} setup={setup} session={session} onSession={setSession} />
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

async function load<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: HTTP ${response.status}`);
  return (await response.json()) as T;
}

async function start(): Promise<void> {
  const container = document.querySelector('#console');
  if (!container) throw new Error('#console is missing');
  try {
    const [configuration, setup] = await Promise.all([
      load<Configuration>('/config.json'),
      load<ConsoleSetup>('/console/setup.json'),
    ]);
    createRoot(container).render(<Console configuration={configuration} setup={setup} />);
  } catch (error) {
    container.textContent = `The API is not there yet: ${error instanceof Error ? error.message : String(error)}. The terminal says why.`;
  }
}

void start();
