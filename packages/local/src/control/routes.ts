import type { AdminRoute } from '../aws/adminRoutes.ts';
import type { JsonObject } from '../json.ts';
import type { Grant } from '../services/iam/index.ts';
import type { Outcome } from '../services/scheduler/index.ts';
import { clockRoutes, type ControlledClock } from './clockRoutes.ts';
import { post, text } from './route.ts';

/** What the control operations reach of the running system. */
export interface Controlled extends ControlledClock {
  /** Messages that Cognito or a handler sent, oldest first. */
  messages(recipient: string | null): JsonObject[];
  /** Resolves when stream records, visible messages of queues that feed functions, and events are handled. */
  idle(): Promise<void>;
  /** Tokens for a confirmed user without the password: for seed data and tests. */
  signInAs(userPoolId: string, clientId: string, username: string): JsonObject | Promise<JsonObject>;
  /** Temporary keys of a role, as a function has them: for tests of what it may do. Throws `AwsError` for an unknown one. */
  roleSession(roleName: string): JsonObject;
  /** Runs a schedule now; resolves to what became of the first attempt. Throws `AwsError` for one that does not exist. */
  runSchedule(name: string): Promise<Outcome>;
  /** Every action on every resource that a role's policies grant, and whether a call has made use of it since the start. */
  permissions(): readonly Grant[];
}

/**
 * What AWS has no API for: the outbox, the clock, waiting. On the AWS port below `/_local/`, signed with the root key for the
 * service `local`, JSON in and out.
 */
export function controlRoutes(controlled: Controlled): AdminRoute[] {
  const { messages, idle, signInAs, roleSession, runSchedule, permissions } = controlled;
  return [
    post('messages', ({ To }) => ({ Messages: messages(To === undefined ? null : text('To', To)) })),
    ...clockRoutes(controlled),
    post('idle', async () => {
      await idle();
      return {};
    }),
    post('sign-in', ({ UserPoolId, ClientId, Username }) =>
      signInAs(text('UserPoolId', UserPoolId), text('ClientId', ClientId), text('Username', Username)),
    ),
    post('role-session', ({ RoleName }) => roleSession(text('RoleName', RoleName))),
    post('run-schedule', async ({ Name }) => {
      const outcome = await runSchedule(text('Name', Name));
      return { Delivered: outcome.delivered, ...(outcome.delivered ? {} : { Reason: outcome.reason }) };
    }),
    post('unused-permissions', () => {
      const granted = permissions();
      const unused = granted.filter(({ used }) => !used);
      return { Granted: granted.length, Permissions: unused.map((grant) => ({ ...grant })) };
    }),
  ];
}
