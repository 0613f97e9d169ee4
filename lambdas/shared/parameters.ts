import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

const client = new SSMClient({ maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 } });

/** A changed parameter is used after at most so long. */
const KEEP_MILLISECONDS = 5 * 60_000;

const kept = new Map<string, { readonly value: string; readonly until: number }>();

/**
 * The value of a parameter of Systems Manager, decrypted, at most five minutes old. Null when nobody has written it yet:
 * then it is asked for anew each time.
 */
export async function readParameter(name: string): Promise<string | null> {
  const known = kept.get(name);
  if (known && known.until > Date.now()) return known.value;
  const value = await fetchParameter(name);
  if (value !== null) kept.set(name, { value, until: Date.now() + KEEP_MILLISECONDS });
  return value;
}

/** For what makes nothing of a value: another one may have been written since. */
export function forgetParameter(name: string): void {
  kept.delete(name);
}

async function fetchParameter(Name: string): Promise<string | null> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name, WithDecryption: true }));
    return Parameter?.Value ?? null;
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return null;
    throw error;
  }
}
