import { pauseAfter } from '../shared/retry.ts';
import type { OutgoingMessage } from './message.ts';

const TIMEOUT_MILLISECONDS = 4_000;
const MAX_ATTEMPTS = 3;

/** The receiver did not take the message. The message says its answer and never the address, which is a secret of Slack's. */
export class NotDelivered extends Error {
  override readonly name = 'NotDelivered';
  /** It may take it later. */
  readonly retryable: boolean;

  constructor(message: string, retryable: boolean) {
    super(message);
    this.retryable = retryable;
  }
}

/**
 * Sends the message, three times when the receiver is busy, broken or silent.
 * @throws NotDelivered after that, or at once when the receiver refuses.
 */
export async function deliver(message: OutgoingMessage): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await post(message);
    } catch (error) {
      if (!(error instanceof NotDelivered) || !error.retryable || attempt === MAX_ATTEMPTS) throw error;
    }
    await pauseAfter(attempt);
  }
}

async function post({ url, headers, body }: OutgoingMessage): Promise<void> {
  const { hostname } = new URL(url);
  const response = await answerOf(hostname, () =>
    // A redirect would lead past the list of hosts.
    fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) }),
  );
  // LINE says so of what it took before.
  if (response.ok || response.status === 409) return;
  const text = (await answerOf(hostname, () => response.text())).slice(0, 200);
  const retryable = response.status === 429 || response.status >= 500;
  throw new NotDelivered(`${hostname} answered ${response.status}: ${text}`, retryable);
}

/** What goes wrong on the way; fetch's own words have the whole address in them. */
async function answerOf<T>(hostname: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'Error';
    throw new NotDelivered(`no answer from ${hostname}: ${name}`, true);
  }
}
