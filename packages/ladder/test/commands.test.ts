import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const run = (command: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../src/commands', `${command}.ts`), ...args], {
    encoding: 'utf8',
  });

describe('the commands', { timeout: 60_000 }, () => {
  test.each([
    [['--users', '0'], '--users must be a whole number from 1 to 1000000000, not "0".'],
    [['--users', 'many'], '--users must be a whole number'],
    [['--peak=-1'], '--peak must be a number from 0.01 to 1000, not "-1".'],
    [['--seconds', ''], '--seconds must be a whole number'],
    [
      ['--rung', 'users++++++'],
      '--rung must be one of users, users+, users++, users+++, users++++, users+++++, not "users++++++".',
    ],
    [['--reading', 'aloud'], '--reading must be page or literal, not "aloud".'],
    [
      ['--scenario', 'flood'],
      '--scenario must be one of hot-item, celebrity, rush, stampede, tokens, like-storm, not "flood".',
    ],
    [['--speed', '1'], "Unknown option '--speed'"],
  ])('%j is refused with what there is', (args, message) => {
    const { status, stdout, stderr } = run('simulate', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(`error: ${message}`);
    expect(stdout).toBe('');
  });

  test('simulate tells what is closest to its limit', () => {
    const { status, stdout } = run('simulate', '--users', '100000', '--seconds', '10', '--rung', 'users++');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^100,000 users at users\+\+, 10 s\n1,1\d\d item reads and 1\d writes a second in \d\d operations; no cache\n/,
    );
    expect(stdout).toMatch(/^table edges reads +1,\d{3} +12,000 +1\d %$/m);
  });

  test('advise says so where everything suffices', () => {
    const { stdout } = run('advise', '--users', '10000', '--seconds', '10', '--rung', 'users++');
    expect(stdout).toMatch(
      /^Everything suffices for 10,000 users at users\+\+\.\nThe closest to its limit is table (edges reads|timelines writes): [\d,]+ of [\d,]+\.\n$/,
    );
  });

  test('an unknown flag of ladder is refused', () => {
    expect(run('ladder', '--wirte')).toMatchObject({ status: 2, stdout: '' });
  });
});
