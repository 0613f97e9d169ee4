import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { ExampleOperation } from './setup.ts';

/** A list of the project's own operations; choosing one puts it into the editors. */
export function operationsPlugin(operations: readonly ExampleOperation[]): GraphiQLPlugin {
  return { title: 'Operations', icon: Icon, content: () => <Operations operations={operations} /> };
}

function Operations({ operations }: { readonly operations: readonly ExampleOperation[] }) {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const { setOperationName } = useGraphiQLActions();
  const open = (operation: ExampleOperation): void => {
    queryEditor?.setValue(operation.document);
    variableEditor?.setValue(operation.variables);
    setOperationName(operation.name);
  };
  const kinds = Object.entries(Object.groupBy(operations, (operation) => operation.kind));
  return (
    <section className="operations">
      <h2>Operations</h2>
      {kinds.map(([kind, group]) => (
        <div key={kind}>
          <h3>{kind}</h3>
          <ul>
            {group?.map((operation) => (
              <li key={operation.name}>
                <button type="button" onClick={() => open(operation)}>
                  {operation.name}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M4 6h16M4 12h16M4 18h10" />
    </svg>
  );
}
