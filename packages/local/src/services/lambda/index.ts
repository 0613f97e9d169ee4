export { sqliteCheckpoints, type Checkpoints } from './streams/checkpoints.ts';
export type { FunctionDefinition } from './definition.ts';
export type { InvocationResult, InvocationType } from './invocation.ts';
export type { LogLine } from './sandbox.ts';
export { createLambda, type Lambda, type LambdaOptions } from './service.ts';
export { createStreamMapping, type StreamMapping, type StreamMappingOptions } from './streams/mapping.ts';
export type { EventStream, StreamRecord } from './streams/eventStream.ts';
export type { MappingConfiguration } from './streams/configuration.ts';
export { systemTimers, type Timers } from './timers.ts';
