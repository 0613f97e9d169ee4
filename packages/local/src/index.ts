export { systemClock, manualClock, type Clock, type ManualClock, type MovableClock } from './clock.ts';
export { seededRandom, systemRandom, type Random } from './random.ts';
export type { ObservedCall } from './system/observe.ts';
export { type LocalOptions, type LocalSystem, startLocal } from './system/start.ts';
export type { ClientConfiguration } from './server/clientConfiguration.ts';
export type { ObservedEvaluation } from './services/appsync/javascript/observedRuntime.ts';
