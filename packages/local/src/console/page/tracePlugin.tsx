import type { GraphiQLPlugin } from '@graphiql/react';
import { useSyncExternalStore } from 'react';
import type { Cost, HandlerTrace, ResolverTrace, StepTrace } from '../../services/appsync/trace/trace.ts';
import type { Traces } from './traces.ts';

/** What the latest request did: each resolver with its context, evaluated request, result, units and price. */
export function tracePlugin(traces: Traces): GraphiQLPlugin {
  return { title: 'Trace', icon: Icon, content: () => <Trace traces={traces} /> };
}

function Trace({ traces }: { readonly traces: Traces }) {
  const trace = useSyncExternalStore(traces.subscribe, traces.latest);
  if (trace === null) {
    return (
      <section className="trace">
        <h2>Trace</h2>
        <p>Run a query or mutation: what each of its resolvers did is shown here.</p>
      </section>
    );
  }
  return (
    <section className="trace">
      <h2>Trace</h2>
      <p>
        {[`${trace.milliseconds.toFixed(1)} ms`, `${trace.resolvers.length} resolvers`, ...counts(trace.cost)].join(
          ' · ',
        )}
      </p>
      <p>
        <strong>${trace.cost.usdPerMillion}</strong> per million requests (on demand, us-east-1; without the time of
        functions, transfer and caches)
      </p>
      <ol>
        {trace.resolvers.map((resolver) => (
          <li key={resolver.path.join('/')}>
            <Resolver resolver={resolver} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Resolver({ resolver }: { readonly resolver: ResolverTrace }) {
  const { path, field, address, milliseconds, cost, context, steps, result } = resolver;
  const failed = steps.some(({ error }) => error !== undefined);
  return (
    <details>
      <summary>
        <code>{path.join('/')}</code> {field} · {milliseconds.toFixed(1)} ms · {used(cost)}
        {failed ? <span className="failed"> failed</span> : null}
      </summary>
      <p>
        <code>{address}</code>
      </p>
      <Value title="Context" value={context} />
      {steps.map((step, index) => (
        <Step key={index} step={step} />
      ))}
      <Value title="Value of the field" value={result} />
    </details>
  );
}

function Step({ step }: { readonly step: StepTrace }) {
  const title =
    step.kind === 'call'
      ? `${step.dataSource} (${step.type}) · ${step.milliseconds.toFixed(1)} ms · ${used(step.cost)}`
      : `${handlerTitle(step)} · ${step.milliseconds.toFixed(1)} ms`;
  return (
    <>
      <Value title={title} value={step.error ?? step.result} failed={step.error !== undefined} />
      {step.kind !== 'call' && step.logs ? <pre>{step.logs.join('\n')}</pre> : null}
    </>
  );
}

const handlerTitle = ({ kind, of, earlyReturn }: HandlerTrace): string =>
  `${kind} of ${of.split('.').at(-1)}${earlyReturn === undefined ? '' : ', which returned early'}`;

function Value(props: { readonly title: string; readonly value: unknown; readonly failed?: boolean }) {
  const { title, value, failed = false } = props;
  return (
    <details>
      <summary className={failed ? 'failed' : undefined}>{title}</summary>
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}

/** As `2 read units, 1 write unit, $0.875 / M`. */
const used = (cost: Cost): string => [...counts(cost), `$${cost.usdPerMillion} / M`].join(', ');

/** What is nothing is left out. */
const counts = ({ readUnits, writeUnits, functionCalls, httpCalls }: Cost): readonly string[] =>
  [
    counted(readUnits, 'read unit'),
    counted(writeUnits, 'write unit'),
    counted(functionCalls, 'function call'),
    counted(httpCalls, 'HTTP call'),
  ].filter((text) => text !== null);

const counted = (count: number, unit: string): string | null =>
  count === 0 ? null : `${count} ${unit}${count === 1 ? '' : 's'}`;

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M4 5h8M8 10h9M8 15h5M13 20h7" />
    </svg>
  );
}
