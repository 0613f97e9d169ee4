import type { JsonObject } from '../../src/json.ts';
import { manualClock } from '../../src/clock.ts';
import { createLogs } from '../../src/services/logs/index.ts';
import { onTestFinished } from 'vitest';
import { REGION, sendSigned, startPort } from '../aws/support.ts';

export const NOW = Date.parse('2026-03-01T09:00:00Z');
export const GROUP = '/app/one';

const group = (name: string, retentionDays: number | null = null) => ({
  name,
  arn: `arn:aws:logs:${REGION}:123456789012:log-group:${name}`,
  address: `app.aws_cloudwatch_log_group.${name}`,
  retentionDays,
});

/** CloudWatch Logs at an AWS endpoint, with the groups /app/one and /app/two (a week). */
export async function startLogs() {
  const clock = manualClock(NOW);
  const logs = createLogs({ account: { region: REGION, accountId: '123456789012' }, clock });
  logs.replace([group(GROUP), group('/app/two', 7)]);
  const port = await startPort([logs]);
  onTestFinished(() => port.close());
  /** A signed request; rejects with the error's name and message. */
  async function call(operation: string, input: JsonObject = {}): Promise<JsonObject> {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${operation}` };
    const { status, text } = await sendSigned(port.port, { headers, body: JSON.stringify(input) }, { service: 'logs' });
    const answer = JSON.parse(text) as JsonObject;
    if (status === 200) return answer;
    throw new Error(`${String(answer['__type'])}: ${String(answer['message'])}`);
  }
  return {
    logs,
    clock,
    port,
    call,
    put: (message: string, stream = 's', name = GROUP) => logs.put(name, { stream, message }),
    async messages(input: JsonObject): Promise<readonly unknown[]> {
      const { events } = await call('FilterLogEvents', { logGroupName: GROUP, ...input });
      return (events as JsonObject[]).map(({ message }) => message);
    },
  };
}
