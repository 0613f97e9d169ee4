import { required } from '../shared/environment.ts';
import { traceId } from '../shared/log.ts';

/** Less than CloudFront waits for its origin (30 s) and than the function may take. */
const TIMEOUT_MILLISECONDS = 8_000;

export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** AppSync's answer to a request that it took. */
export interface Answer {
  /** As it came. */
  readonly body: string;
  readonly hasErrors: boolean;
}

/** AppSync gave no answer that can be passed on. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly status: 429 | 502 | 504;

  constructor(status: 429 | 502 | 504, message: string, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/**
 * Asks with the API key, which every visitor has: what comes back is what the public may see, whatever a resolver grants
 * to callers by IAM.
 * @throws NoAnswer
 */
export async function askAsPublic(question: Question): Promise<Answer> {
  const { status, text } = await post(JSON.stringify(question));
  if (status === 429) throw new NoAnswer(429, 'AppSync is throttling');
  // A key that ended is our mistake and not the caller's, who sent none.
  if (status !== 200) throw new NoAnswer(502, `AppSync answered ${status}: ${text.slice(0, 500)}`);
  return { body: text, hasErrors: hasErrors(text) };
}

async function post(body: string): Promise<{ readonly status: number; readonly text: string }> {
  const trace = traceId();
  const headers = {
    'content-type': 'application/json',
    'x-api-key': required('GRAPHQL_API_KEY'),
    ...(trace ? { 'x-amzn-trace-id': trace } : {}),
  };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const response = await fetch(required('GRAPHQL_ENDPOINT'), { method: 'POST', headers, body, signal });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
    throw new NoAnswer(timedOut ? 504 : 502, `no answer from AppSync: ${String(cause)}`, cause);
  }
}

function hasErrors(text: string): boolean {
  let answer: { readonly data?: unknown; readonly errors?: unknown } | null;
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch (cause) {
    throw new NoAnswer(502, `AppSync's answer is no JSON: ${text.slice(0, 500)}`, cause);
  }
  if (typeof answer !== 'object' || answer === null || !('data' in answer))
    throw new NoAnswer(502, `AppSync's answer has no data: ${text.slice(0, 500)}`);
  return Array.isArray(answer.errors) && answer.errors.length > 0;
}
