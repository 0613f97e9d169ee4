import type { MappingDeclaration } from '../definitions/lambda.ts';
import { ConfigurationError } from '../resources/resourceType.ts';
import { createStreamMapping, type StreamMapping } from '../services/lambda/index.ts';
import type { SystemDefinition } from './readSystem.ts';
import type { Services } from './services.ts';

interface RunningMapping {
  readonly mapping: StreamMapping;
  /** Tells whether the declaration or the role behind it has changed. */
  readonly version: string;
}

/** Event source mappings by their Terraform address. */
export type RunningMappings = ReadonlyMap<string, RunningMapping>;

/** Starts what is new or changed and stops what is gone; an unchanged mapping goes on without a pause. */
export async function applyMappings(
  services: Services,
  definition: SystemDefinition,
  before: RunningMappings,
): Promise<RunningMappings> {
  const running = new Map<string, RunningMapping>();
  for (const declaration of definition.mappings) {
    const version = JSON.stringify(declaration);
    const known = before.get(declaration.address);
    if (known?.version === version) {
      running.set(declaration.address, known);
      continue;
    }
    await known?.mapping.stop();
    const mapping = createMapping(services, definition, declaration);
    await mapping.start();
    running.set(declaration.address, { mapping, version });
  }
  for (const [address, { mapping }] of before) {
    if (!running.has(address)) await mapping.stop();
  }
  return running;
}

function createMapping(
  services: Services,
  definition: SystemDefinition,
  declaration: MappingDeclaration,
): StreamMapping {
  const { lambda, dynamodb, checkpoints, clock, iam, log } = services;
  const target = definition.functions.find(({ arn }) => arn === declaration.functionArn);
  const tableName = /:table\/([^/]+)\/stream\//.exec(declaration.streamArn)?.[1];
  if (!target || tableName === undefined) {
    throw new ConfigurationError(
      `${declaration.address} connects ${declaration.streamArn} to ${declaration.functionArn}, and one of them is missing.`,
    );
  }
  return createStreamMapping({
    lambda,
    functionName: target.functionName,
    stream: dynamodb.stream(tableName),
    checkpoints,
    mapping: declaration,
    clock,
    authorizer: iam,
    principal: target.principal,
    onLog: ({ message }) => log(message),
  });
}

/** Resolves when nothing is left to process, including what processing wrote. */
export async function settle(
  { dynamodb }: Services,
  { tables }: SystemDefinition,
  mappings: RunningMappings,
): Promise<void> {
  const streams = tables.filter(({ stream }) => stream !== null).map(({ name }) => dynamodb.stream(name));
  const written = (): string => streams.map((stream) => stream.latestSequenceNumber()).join();
  let before: string;
  do {
    before = written();
    await Promise.all([...mappings.values()].map(({ mapping }) => mapping.idle()));
  } while (written() !== before);
}
