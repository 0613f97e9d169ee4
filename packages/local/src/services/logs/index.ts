export type { LogGroupDefinition } from './model.ts';
export { createLogs, logGroupArn, type Logs, type LogsOptions } from './service.ts';
