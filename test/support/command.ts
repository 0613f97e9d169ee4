import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { target } from './target.ts';

export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of `package.json` by its source, against the system under test. */
export async function runCommand(source: string, args: readonly string[]): Promise<CommandResult> {
  const { accessKeyId, secretAccessKey, awsEndpoint } = target;
  const env = { ...process.env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const given = [source, ...args, ...(awsEndpoint === '' ? ['--stage', 'dev'] : ['--endpoint', awsEndpoint])];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, given, { env });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: unknown; stdout?: string; stderr?: string };
    if (typeof code !== 'number') throw error;
    return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
  }
}
