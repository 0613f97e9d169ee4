import type { JsonObject, JsonValue } from '../../json.ts';
import { invalidParameter } from './errors.ts';
import type { MoveTask } from './moveTaskStore.ts';

export function taskHandle({ id, sourceArn }: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64');
}

/** Throws `AwsError` `InvalidParameterValueException`. */
export function readTaskHandle(handle: string): { readonly taskId: string; readonly sourceArn: string } {
  const { taskId, sourceArn } = parse(handle);
  if (typeof taskId === 'string' && typeof sourceArn === 'string') return { taskId, sourceArn };
  throw invalidParameter('Value for parameter TaskHandle is invalid.');
}

function parse(handle: string): JsonObject {
  try {
    const value = JSON.parse(Buffer.from(handle, 'base64').toString()) as JsonValue;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}
