import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SynthesizedTarget } from '../targets.ts';

/** Units on a table or one of its indexes, as `ConsumedCapacity` told them. Reads are half a unit per 4 KB, writes one per KB. */
export interface UnitRow {
  /** The field whose resolver asked; `functions`: what stream handlers did because of it. */
  readonly by: string;
  /** Key of `tables.ts`. */
  readonly table: string;
  readonly index?: string;
  readonly reads: number;
  readonly writes: number;
}

/** One run of an operation, with everything that it set off. */
export interface Sample {
  /** Of the bodies, without headers: the document as it is persisted, the variables, the answer. */
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Field to runs of its resolver, those that functions asked for by IAM included. */
  readonly resolvers: Readonly<Record<string, number>>;
  /** Key of `functions.ts` to invocations. One operation at a time: batches that fill need fewer. */
  readonly invocations: Readonly<Record<string, number>>;
  readonly units: readonly UnitRow[];
  /** Requests of functions whose condition failed, such as a mark that was there. DynamoDB bills them as a write. */
  readonly failedConditions: number;
}

export interface MeasuredOperation {
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** With pages of 20. */
  readonly page: Sample;
  /** With pages of 1; as `page` for what has no pages. */
  readonly one: Sample;
}

/** The content of `measured.json`. */
export interface Measured {
  /** What was measured: see `measuredCode`. */
  readonly code: string;
  readonly operations: Readonly<Record<string, MeasuredOperation>>;
}

export const measuredFile = new URL('measured.json', import.meta.url);

export function readMeasured(): Measured {
  return JSON.parse(readFileSync(measuredFile, 'utf8')) as Measured;
}

/** The target that is measured: without a cache, so that every unit is seen. */
export const measuredTarget = { stage: 'dev', rung: 'users' } as const;

const SHAPES_UNITS = [
  'aws_appsync_graphql_api',
  'aws_appsync_resolver',
  'aws_appsync_function',
  'aws_appsync_datasource',
  'aws_dynamodb_table',
  'aws_lambda_event_source_mapping',
  'aws_lambda_function',
] as const;

/** A hash of everything in the Terraform that units depend on, and of the operations. */
export function measuredCode(
  { stacks }: Pick<SynthesizedTarget, 'stacks'>,
  operationHashes: readonly string[],
): string {
  const declared = [...stacks].map(([stack, { resource = {} }]) => [
    stack,
    SHAPES_UNITS.map((type) => Object.entries(resource[type] ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([declared, [...operationHashes].sort()]))
    .digest('hex');
}
