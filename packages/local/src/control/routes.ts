import type { AdminRoute } from '../aws/adminRoutes.ts';
import { AwsError } from '../aws/error.ts';
import type { MovableClock } from '../clock.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/** What the control operations reach of the running system. */
export interface Controlled {
  readonly clock: MovableClock;
  /** Messages that Cognito or a handler sent, oldest first. */
  messages(recipient: string | null): JsonObject[];
  /** Resolves when every stream record written so far is handled. */
  idle(): Promise<void>;
  /** Tokens for a confirmed user without the password: for seed data and tests. */
  signInAs(userPoolId: string, clientId: string, username: string): JsonObject | Promise<JsonObject>;
  /** Granted and never used so far. */
  unusedPermissions(): JsonObject[];
}

/**
 * What AWS has no API for: the outbox, the clock, waiting. On the AWS port below `/_local/`, signed with the root key for the
 * service `local`, JSON in and out.
 */
export function controlRoutes({ clock, messages, idle, signInAs, unusedPermissions }: Controlled): AdminRoute[] {
  return [
    post('messages', ({ To }) => ({ Messages: messages(To === undefined ? null : text('To', To)) })),
    /** Stops the clock at `Time` (ISO 8601, UTC), or lets it run again when `Time` is null; without `Time` it only tells. */
    post('clock', ({ Time }) => {
      if (Time === null) clock.release();
      else if (Time !== undefined) clock.set(epochMilliseconds(text('Time', Time)));
      return { Time: new Date(clock.now()).toISOString() };
    }),
    post('idle', async () => {
      await idle();
      return {};
    }),
    post('sign-in', ({ UserPoolId, ClientId, Username }) =>
      signInAs(text('UserPoolId', UserPoolId), text('ClientId', ClientId), text('Username', Username)),
    ),
    post('unused-permissions', () => ({ Permissions: unusedPermissions() })),
  ];
}

function post(name: string, handle: AdminRoute['handle']): AdminRoute {
  return { method: 'POST', path: `/_local/${name}`, handle };
}

function text(name: string, value: JsonValue | undefined): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('ValidationException', `${name} must be a non-empty string`);
}

function epochMilliseconds(time: string): number {
  const milliseconds = Date.parse(time);
  if (Number.isNaN(milliseconds)) throw new AwsError('ValidationException', `Time must be in ISO 8601, not "${time}"`);
  return milliseconds;
}
