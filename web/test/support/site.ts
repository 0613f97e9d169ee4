import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const cli = join(root, 'packages', 'local', 'src', 'cli.ts');

export interface Site {
  /** As the command says it: `http://dXXXX.cloudfront.localhost:4000/` */
  readonly url: string;
  /** Of the API port. */
  readonly api: string;
  /** The newest mail to an address, as text. */
  mailTo(address: string): Promise<string>;
  stop(): Promise<void>;
}

/** What `npm start` starts, in memory and on free ports: synthesized, seeded, with the site built and published. */
export async function startSite(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'hiroba-web-'));
  const terraform = join(folder, 'terraform');
  const flags = [
    ['--from', terraform],
    ['--build', `node infra/main.ts --outdir ${terraform}`],
    ['--seed', 'node seed/load.ts'],
    ['--site', 'node web/publish/local.ts'],
    ['--layer', '*:layer:hiroba-sharp:*=sharp'],
    ['--port', '0'],
    ['--aws-port', '0'],
    ['--ephemeral'],
  ].flat();
  const child = spawn(process.execPath, [cli, ...flags], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    const said = await linesOf(child, [/^ready (.*)$/m, /^site (http.*)$/m]);
    const [api = '', url = ''] = said;
    return {
      url,
      api,
      async mailTo(address) {
        const response = await fetch(`${api}/outbox.json?to=${encodeURIComponent(address)}`);
        return JSON.stringify(await response.json());
      },
      stop: () => stop(child, folder),
    };
  } catch (error) {
    await stop(child, folder);
    throw error;
  }
}

/** What the patterns find in the output, once all are there. */
function linesOf(child: ChildProcess, patterns: readonly RegExp[]): Promise<string[]> {
  let output = '';
  return new Promise((resolve, reject) => {
    const look = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = patterns.map((pattern) => pattern.exec(output)?.[1]);
      if (found.every((line) => line !== undefined)) resolve(found);
      if (output.includes('--site')) reject(new Error(output));
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.on('exit', (code) => reject(new Error(`ended with ${code}:\n${output}`)));
  });
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}
