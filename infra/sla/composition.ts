import { readdirSync, readFileSync } from 'node:fs';
import type { Target } from '../config.ts';
import { terraformGraph, type TerraformGraph } from '../diagram/terraformGraph.ts';
import { synthesizeTarget } from '../targets.ts';
import type { Service } from './agreements.ts';
import { downtimeMinutes, inSeries } from './availability.ts';
import { backendsOf, fieldsOf, operationOf, schemaOf } from './operations.ts';
import { pathsOf } from './paths.ts';

export interface Composed {
  readonly name: string;
  /** `query`, `mutation`, `subscription` or `path`. */
  readonly kind: string;
  readonly services: readonly Service[];
  /** Tables, functions and buckets on the way; for operations. */
  readonly uses: readonly string[];
  readonly percent: number;
  readonly minutes: number;
}

const operationsFolder = new URL('../../schema/operations/', import.meta.url);

/** Every persisted operation and every path, the least available first. */
export async function composedOf(target: Target): Promise<readonly Composed[]> {
  const { stacks } = await synthesizeTarget(target);
  const graph = terraformGraph(stacks);
  const paths = pathsOf(graph).map(({ name, services }) => composed({ name, kind: 'path', services, uses: [] }));
  const files = readdirSync(operationsFolder).filter((file) => file.endsWith('.graphql'));
  const texts = files.sort().map((file) => readFileSync(new URL(file, operationsFolder), 'utf8'));
  return [...composedOperations(graph, texts), ...paths].sort(
    (a, b) => a.percent - b.percent || (a.name < b.name ? -1 : 1),
  );
}

/** Operations, by their documents, in their order. */
export function composedOperations(graph: TerraformGraph, texts: readonly string[]): readonly Composed[] {
  const schema = schemaOf(graph);
  return texts.map((text) => {
    const { name, kind, document } = operationOf(text);
    const backends = backendsOf(graph, fieldsOf(schema, document));
    // A Region's DynamoDB is one service, however many of its tables are asked.
    const services = [...new Set<Service>(['AppSync', ...backends.map(({ service }) => service)])];
    const uses = [...new Set(backends.map((backend) => backend.name))].sort();
    return composed({ name, kind, services, uses });
  });
}

function composed(path: Pick<Composed, 'name' | 'kind' | 'services' | 'uses'>): Composed {
  const percent = inSeries(path.services);
  return { ...path, percent, minutes: downtimeMinutes(percent) };
}
