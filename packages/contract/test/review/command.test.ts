import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const command = join(import.meta.dirname, '../../src/review/command.ts');

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
}

describe('npm run review', () => {
  test('--help says what it takes, and what its status means', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: npm run review -- [base] [flags]');
    expect(stdout).toContain('Ends with 0 when nothing blocks, 1 when something does, 2 when it cannot review.');
  });

  test.each([
    [['nowhere'], 'error: git knows no revision "nowhere".'],
    [['--upload-pack=touch'], "error: Unknown option '--upload-pack'"],
    [['HEAD', 'HEAD~1'], 'error: One revision can be compared with, not 2.'],
    [['--jsno'], "error: Unknown option '--jsno'"],
  ])('%j ends with 2 and says what to do', (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
  });

  test('--lint keeps to the rules, in words and for machines', () => {
    expect(run('--lint')).toMatchObject({ status: 0, stdout: 'every rule is kept\n' });
    expect(JSON.parse(run('--lint', '--json').stdout)).toEqual([]);
  });

  test('--explain gives a reason for each', () => {
    expect(run('--explain').stdout).toContain(
      'reachable: because AppSync refuses every field of a type that does not let in',
    );
  });
});
