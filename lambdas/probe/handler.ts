import { required } from '../shared/environment.ts';

const TIMEOUT_MILLISECONDS = 5_000;

const QUERY = '{ serviceStatus { rung region build } }';

interface Outcome {
  readonly milliseconds: number;
  /** Absent: it answered as it should. */
  readonly failure?: string;
}

/**
 * Asks the API what a browser would ask, and writes how it went as two metrics. It does not fail when the API does: that
 * would be an error of this function, which it is not.
 */
export async function handler(): Promise<void> {
  const { milliseconds, failure } = await ask();
  writeMetrics({ ProbeFailures: failure === undefined ? 0 : 1, ProbeMilliseconds: milliseconds }, failure);
}

async function ask(): Promise<Outcome> {
  const startedAt = performance.now();
  const failure = await failureOf();
  return { milliseconds: Math.round(performance.now() - startedAt), ...(failure === undefined ? {} : { failure }) };
}

async function failureOf(): Promise<string | undefined> {
  try {
    const response = await fetch(required('GRAPHQL_ENDPOINT'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': required('GRAPHQL_API_KEY') },
      body: JSON.stringify({ query: QUERY }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const text = await response.text();
    return response.ok && answers(text) ? undefined : `${response.status} ${text.slice(0, 200)}`;
  } catch (error) {
    return String(error);
  }
}

/** GraphQL answers 200 to what it could not do. */
function answers(text: string): boolean {
  const { data, errors } = JSON.parse(text) as {
    readonly data?: { readonly serviceStatus?: { readonly rung?: unknown } | null } | null;
    readonly errors?: unknown;
  };
  return errors === undefined && typeof data?.serviceStatus?.rung === 'string';
}

/**
 * Metrics as a line of the log, which costs less than asking CloudWatch to take them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * Written past `console`, which Lambda's JSON format wraps: CloudWatch looks for `_aws` in the outermost object.
 */
function writeMetrics(values: Readonly<Record<string, number>>, failure: string | undefined): void {
  const metrics = Object.keys(values).map((name) => ({
    Name: name,
    Unit: name.endsWith('Milliseconds') ? 'Milliseconds' : 'Count',
  }));
  const directive = { Namespace: required('METRIC_NAMESPACE'), Dimensions: [[]], Metrics: metrics };
  const line = {
    _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] },
    level: failure === undefined ? 'INFO' : 'WARN',
    ...values,
    ...(failure === undefined ? {} : { failure }),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
