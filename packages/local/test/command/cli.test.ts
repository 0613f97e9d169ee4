import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { writeGreenhouse } from '../application/greenhouse.ts';

const cli = join(import.meta.dirname, '../../src/cli.ts');
let folder: string;
let data: string;
const children: ChildProcessWithoutNullStreams[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'greenhouse-cli-'));
  await writeGreenhouse(folder);
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  }
  if (data) await rm(data, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcessWithoutNullStreams;
  output(): string;
  /** Resolves to the line that the pattern matches; rejects when the command ends without it. */
  line(pattern: RegExp): Promise<string>;
  readonly ended: Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn(process.execPath, [cli, ...args], { env: { PATH: process.env['PATH'] ?? '' } });
  children.push(child);
  let output = '';
  const waiting: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const wake of waiting) wake();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    child,
    ended,
    output: () => output,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = output.split('\n').find((line) => pattern.test(line));
          if (found !== undefined) resolve(found);
        };
        waiting.push(look);
        look();
        void ended.then(() => reject(new Error(`ended without ${pattern}:\n${output}`)));
      }),
  };
}

const anywhere = ['--port', '0', '--aws-port', '0'];

describe('a folder of Terraform', () => {
  test('is served until SIGTERM, with the time of each phase and what runs', async () => {
    const served = run('--from', folder, ...anywhere, '--ephemeral');
    const url = (await served.line(/^ready http/)).replace('ready ', '');
    expect(served.output()).toMatch(/^read +\d+\.\d\d s$/m);
    expect(served.output()).toMatch(/^load +\d+\.\d\d s$/m);
    expect(served.output()).toContain('2 dynamodb_table');
    const configuration = (await (await fetch(`${url}/config.json`)).json()) as { endpoint: string };
    expect(configuration.endpoint).toBe(`${url}/graphql`);
    served.child.kill('SIGTERM');
    expect(await served.ended).toBe(0);
  });

  test('keeps its keys in the data folder, readable by the owner alone, and lets nobody else open it', async () => {
    data = await mkdtemp(join(tmpdir(), 'greenhouse-data-'));
    const first = run('--from', folder, ...anywhere, '--data', data);
    await first.line(/^ready http/);
    expect((await stat(join(data, 'credentials'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(data, 'credentials'), 'utf8')).toMatch(/^\[default\]\naws_access_key_id = AKIA/);
    const second = run('--from', folder, ...anywhere, '--data', data);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(
      `error: ${data} is in use by another process. Stop it, or give this one its own --data folder.`,
    );
  });

  test('is applied again when a file changes, and a mistake leaves the last good version serving', async () => {
    const own = await mkdtemp(join(tmpdir(), 'greenhouse-watch-'));
    await writeGreenhouse(own);
    const served = run('--from', own, ...anywhere, '--ephemeral');
    const url = (await served.line(/^ready http/)).replace('ready ', '');
    await writeFile(join(own, 'main.tf.json'), '{ "resource": ');
    await served.line(/The last good version goes on serving/);
    expect(served.output()).toContain('main.tf.json');
    expect((await fetch(`${url}/config.json`)).status).toBe(200);
    await writeGreenhouse(own);
    await served.line(/^reloaded in/);
    await rm(own, { recursive: true });
  });
});

describe('a mistake in the call', () => {
  test.each([
    [[], 'error: --from DIR is missing: the folder of Terraform JSON to run.'],
    [['--from', '.', '--port', 'x'], 'error: --port must be a port from 0 to 65535 (0: any free one), not "x".'],
    [['--from', '.', '--ephemeral', '--data', 'd'], 'error: --ephemeral keeps no data: leave --data out.'],
    [['--from', '.', '--layer', 'sharp'], 'error: --layer must be like "*:layer:sharp:*=sharp", not "sharp".'],
    [['--colour'], "error: Unknown option '--colour'"],
  ])('%j is answered with what to write instead', async (args, message) => {
    const refused = run(...args);
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain(message);
    expect(refused.output()).toContain('Usage: hiroba-local --from DIR [flags]');
  });

  test('a port that is taken is named, with the flag that chooses another', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const refused = run('--from', folder, '--port', String(port), '--aws-port', '0', '--ephemeral');
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain(`error: Port ${port} is in use. Choose another with --port N.`);
    other.close();
  });

  test('a folder that is not there is named', async () => {
    const refused = run('--from', join(folder, 'nowhere'), ...anywhere, '--ephemeral');
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain(`error: There is no folder ${join(folder, 'nowhere')}.`);
  });
});
