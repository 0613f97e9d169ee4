export { parseExpression, type Timetable } from './expression/timetable.ts';
export type { ScheduleDefinition, ScheduleTarget, TargetMessage, TargetPorts } from './model.ts';
export {
  MAX_EVENT_AGE_SECONDS,
  MAX_INPUT_BYTES,
  MAX_RETRY_ATTEMPTS,
  MAX_WINDOW_MINUTES,
  MIN_EVENT_AGE_SECONDS,
} from './limits.ts';
export type { Outcome } from './delivery.ts';
export { createScheduler, type Scheduler, type SchedulerOptions } from './scheduler.ts';
