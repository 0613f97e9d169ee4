import { control as call } from '../../src/command/control.ts';
import type { JsonObject } from '../../src/json.ts';
import type { LocalSystem } from '../../src/index.ts';

/** `POST /_local/...` of a running system; rejects with its message. */
export function control(
  { endpoints, credentials }: Pick<LocalSystem, 'endpoints' | 'credentials'>,
  operation: string,
  input: JsonObject = {},
): Promise<JsonObject> {
  return call({ endpoint: endpoints.aws, credentials }, operation, input);
}
