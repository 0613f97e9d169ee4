export { sqliteCheckpoints, type Checkpoints } from './streams/checkpoints.ts';
export { type AsynchronousConfiguration, DEFAULT_ASYNCHRONOUS } from './asynchronous/configuration.ts';
export type { DestinationMessage } from './asynchronous/records.ts';
export type { FunctionDefinition } from './definition.ts';
export type { InvocationResult, InvocationType } from './invocation.ts';
export {
  APPLICATION_LOG_LEVELS,
  type ApplicationLogLevel,
  defaultLogging,
  type FailedInvocation,
  failureEvent,
  type FunctionLogging,
  LOG_STREAM,
  logEvent,
} from './logging.ts';
export type { LayerSettings } from './layers.ts';
export type { LogLine } from './sandbox.ts';
export { createLambda, type Around, type Lambda, type LambdaOptions } from './service.ts';
export { createStreamMapping, type StreamMapping, type StreamMappingOptions } from './streams/mapping.ts';
export { createQueueMapping, type QueueMapping, type QueueMappingOptions } from './queues/mapping.ts';
export type { EventMessageAttribute, MessageQueue, QueueMessage } from './queues/messageQueue.ts';
export type { QueueMappingConfiguration } from './queues/configuration.ts';
export { withAddress } from './batches/refusal.ts';
export { DEFAULT_CONCURRENCY } from './limits.ts';
export type { EventStream, StreamRecord } from './streams/eventStream.ts';
export type { StreamFaults } from './streams/faults.ts';
export type { MappingConfiguration } from './streams/configuration.ts';
export { systemTimers, type Timers } from '../../timers.ts';
