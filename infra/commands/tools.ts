import { spawnSync } from 'node:child_process';
import { SynthError } from '../synthError.ts';

/** State is locked by a file in its bucket since this version. */
const MINIMUM = [1, 11] as const;

/** What a tool says of itself; null: it is not there. */
export type ReadVersion = (program: string, args: readonly string[]) => string | null;

/** @throws SynthError in one line that says what to install. */
export function requireTools(readVersion: ReadVersion = spawnVersion): void {
  const text = readVersion('terraform', ['version', '-json']);
  const install = 'install it from https://developer.hashicorp.com/terraform/install';
  if (text === null) throw new SynthError(`terraform is not on the PATH: ${install}`);
  const version = /"terraform_version":\s*"(\d+)\.(\d+)\.[^"]*"/.exec(text);
  const [major, minor] = [Number(version?.[1] ?? 0), Number(version?.[2] ?? 0)];
  if (major < MINIMUM[0] || (major === MINIMUM[0] && minor < MINIMUM[1]))
    throw new SynthError(`terraform ${major}.${minor} is too old, ${MINIMUM.join('.')} is needed: ${install}`);
  if (readVersion('cdktf', ['--version']) === null)
    throw new SynthError('cdktf is not on the PATH: run npm install, and this command through npm run');
}

function spawnVersion(program: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout : null;
}
