import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, parse } from 'graphql';
import { terraformGraph } from '../../../../infra/diagram/terraformGraph.ts';
import type { RungName } from '../../../../infra/rungs.ts';
import { readSchema } from '../../../../infra/schema.ts';
import { mix } from '../../../../infra/bill/assumptions.ts';
import { synthesizeTarget } from '../../../../infra/targets.ts';
import { stepsOfOperation, stepsOfResolvers } from '../../../contract/src/cost/steps.ts';
import { value } from '../constants.ts';

/** Scalars and directives that AppSync has of its own. */
const APPSYNC_DECLARATIONS = new URL('../../../../schema/appsync.graphql', import.meta.url);
const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** How long a read takes where nothing is refused, by the steps that wait for one another. Milliseconds, at the API. */
export interface Latency {
  /** Over the mix of reads. */
  readonly mean: number;
  readonly slowest: { readonly operation: string; readonly steps: number; readonly milliseconds: number };
}

/** @param edgeShare Of all reads, those that the CDN answered in the simulation. */
export async function latencyAt(rung: RungName, edgeShare: number): Promise<Latency> {
  const { stacks } = await synthesizeTarget({ stage: 'prod', rung });
  const schema = buildSchema(`${readSchema(ROOT)}\n${readFileSync(APPSYNC_DECLARATIONS, 'utf8')}`, {
    assumeValidSDL: true,
  });
  const resolvers = stepsOfResolvers(terraformGraph(stacks));
  const reads = Object.entries(mix.reads).map(([operation, percent]) => {
    const file = new URL(`../../../../schema/operations/${operation}.graphql`, import.meta.url);
    const steps = stepsOfOperation(schema, parse(readFileSync(file, 'utf8')), resolvers);
    return {
      operation,
      percent,
      steps,
      milliseconds: value('appsyncMilliseconds') + steps * value('dynamodbMilliseconds'),
    };
  });
  const [slowest] = reads.toSorted((a, b) => b.milliseconds - a.milliseconds);
  if (!slowest) throw new Error('nothing is read');
  const atApi = reads.reduce((sum, { percent, milliseconds }) => sum + (percent / 100) * milliseconds, 0);
  return { mean: edgeShare * value('edgeMilliseconds') + (1 - edgeShare) * atApi, slowest };
}
