import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { name } from './naming.ts';

describe('configuration', () => {
  test('is that of the stage dev, in cdktf.out, when nothing is said', () => {
    expect(readConfig([], {})).toMatchObject({
      stage: 'dev',
      region: 'us-east-1',
      outdir: resolve('cdktf.out'),
      watch: 'no',
      introspection: true,
      deletionProtection: false,
    });
  });

  test('honours the folder that the cdktf CLI asks for, and a flag before it', () => {
    expect(readConfig([], { CDKTF_OUTDIR: '/from/cli' }).outdir).toBe('/from/cli');
    expect(readConfig(['--outdir', '/from/flag'], { CDKTF_OUTDIR: '/from/cli' }).outdir).toBe('/from/flag');
  });

  test('of a stage that people share keeps its state in S3 and refuses introspection', () => {
    expect(readConfig(['--stage=prod'], { HIROBA_STATE_BUCKET: 'states' })).toMatchObject({
      stage: 'prod',
      stateBucket: 'states',
      introspection: false,
      deletionProtection: true,
    });
  });

  test.each([
    [['--stage', 'staging'], 'error stage "staging" does not exist: the stages are dev, prod'],
    [['--stage', 'toString'], 'error stage "toString" does not exist: the stages are dev, prod'],
    [['--prune'], "error Unknown option '--prune': the flags are --stage NAME, --outdir DIR, --watch"],
    [['out'], "error Unexpected argument 'out': the flags are --stage NAME, --outdir DIR, --watch"],
    [
      ['--stage', 'prod'],
      'error stage "prod" is shared: set HIROBA_STATE_BUCKET to the S3 bucket that keeps its Terraform state',
    ],
  ])('refuses %j in one line', (args, line) => {
    expect(() => readConfig(args, {})).toThrow(expect.objectContaining({ message: line }));
  });

  test('refuses a build time that is none', () => {
    expect(() => readConfig([], { SOURCE_DATE_EPOCH: 'today' })).toThrow(
      'SOURCE_DATE_EPOCH is "today", which is not a number of seconds',
    );
  });

  test('names resources by application, stage and thing', () => {
    expect(name('dev', 'users')).toBe('hiroba-dev-users');
  });
});
