import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { required } from './environment.ts';
import { traceId, writeLog } from './log.ts';
import { publishDocuments, type PublishField, type PublishInputs } from './publishDocuments.ts';
import { pauseAfter } from './retry.ts';

const TIMEOUT_MILLISECONDS = 3_000;
const MAX_ATTEMPTS = 3;

/** AppSync did not take the event, and may take it later: throttling, a fault of its own, no answer in time. */
export class PublishRetryable extends Error {
  override readonly name = 'PublishRetryable';
}

/**
 * Calls one of the mutations that subscriptions listen to, over IAM. An event that AppSync understands and refuses is
 * logged and dropped: it would refuse it again.
 * @param trace what began it, as items and messages carry it; without one it is the invocation's.
 * @throws PublishRetryable after three attempts.
 */
export async function publish<Field extends PublishField>(
  field: Field,
  input: PublishInputs[Field],
  trace?: string,
): Promise<void> {
  const body = JSON.stringify({ query: publishDocuments[field], variables: { input } });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return settle(field, await post(body, trace), trace);
    } catch (error) {
      if (!(error instanceof PublishRetryable) || attempt === MAX_ATTEMPTS) throw error;
    }
    await pauseAfter(attempt);
  }
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function post(body: string, trace: string | undefined): Promise<Answer> {
  const url = new URL(required('GRAPHQL_ENDPOINT'));
  const headers = await signedHeaders(url, body, trace);
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const response = await fetch(url, { method: 'POST', headers, body, signal });
    return { status: response.status, body: await response.text() };
  } catch (cause) {
    throw new PublishRetryable(`no answer from AppSync: ${String(cause)}`, { cause });
  }
}

/** With the function's own credentials, which Lambda renews by starting a new environment. */
async function signedHeaders(url: URL, body: string, trace: string | undefined): Promise<Record<string, string>> {
  const header = trace === undefined ? traceId() : `Root=${trace}`;
  const signer = new SignatureV4({
    service: 'appsync',
    region: required('AWS_REGION'),
    credentials: {
      accessKeyId: required('AWS_ACCESS_KEY_ID'),
      secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
      sessionToken: process.env.AWS_SESSION_TOKEN,
    },
    sha256: Sha256,
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port === '' ? undefined : Number(url.port),
    path: url.pathname,
    headers: {
      host: url.host,
      'content-type': 'application/json',
      ...(header ? { 'x-amzn-trace-id': header } : {}),
    },
    body,
  });
  return headers;
}

interface GraphQLAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly errorType?: string; readonly message?: string }[];
}

/** Subscribers get the event when the field itself has a value, whatever became of the fields below it. */
function settle(field: PublishField, { status, body }: Answer, trace: string | undefined): void {
  if (status === 429 || status >= 500) throw new PublishRetryable(`AppSync answered ${status}: ${body.slice(0, 500)}`);
  const { data, errors = [] } = parse(body);
  const published = status < 300 && (data?.[field] ?? null) !== null;
  if (published && errors.length === 0) return;
  writeLog({
    level: published ? 'WARN' : 'ERROR',
    function: 'publish',
    field,
    published,
    status,
    traces: trace === undefined ? [] : [trace],
    errors: errors.slice(0, 3).map(({ errorType, message }) => `${errorType ?? 'Error'}: ${message ?? ''}`),
  });
}

function parse(body: string): GraphQLAnswer {
  try {
    return JSON.parse(body) as GraphQLAnswer;
  } catch (cause) {
    throw new PublishRetryable(`AppSync's answer is no JSON: ${body.slice(0, 500)}`, { cause });
  }
}
