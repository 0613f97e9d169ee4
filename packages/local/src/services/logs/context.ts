import type { JsonObject } from '../../json.ts';
import type { LogGroup } from './logGroup.ts';

export interface LogsContext {
  readonly groups: () => LogGroup[];
  /** Throws `ResourceNotFoundException`. */
  readonly find: (name: string) => LogGroup;
  /** Epoch milliseconds of the local clock. */
  readonly now: () => number;
}

/** One operation of the API. Throws `AwsError`. */
export type Operation = (input: JsonObject, context: LogsContext) => JsonObject;
