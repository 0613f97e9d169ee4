import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allTargets, readConfig } from './config.ts';
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
    expect(
      readConfig(['--stage=prod', '--rung=users'], {
        HIROBA_STATE_BUCKET: 'states',
        HIROBA_MAIL_FROM: 'mail@example.org',
      }),
    ).toMatchObject({
      stage: 'prod',
      rung: 'users',
      stateBucket: 'states',
      introspection: false,
      deletionProtection: true,
    });
  });

  test('names a rung by flag, then environment, then the default of the stage', () => {
    const shared = { HIROBA_STATE_BUCKET: 'states', HIROBA_DOMAIN: 'example.org' };
    expect(readConfig(['--rung', 'users+++'], { ...shared, HIROBA_RUNG: 'users+' }).rung).toBe('users+++');
    expect(readConfig([], { ...shared, HIROBA_RUNG: 'users+' }).rung).toBe('users+');
    expect(readConfig([], shared).rung).toBe('users');
    expect(readConfig(['--stage', 'staging'], shared).rung).toBe('users+');
  });

  test('serves prod at the domain itself and other stages below it', () => {
    const shared = { HIROBA_STATE_BUCKET: 'states', HIROBA_DOMAIN: 'example.org' };
    expect(readConfig(['--stage', 'prod'], shared).domain).toBe('example.org');
    expect(readConfig(['--stage', 'staging'], shared).domain).toBe('staging.example.org');
    expect(readConfig([], {}).domain).toBeUndefined();
  });

  test('exists for three stages at six rungs', () => {
    expect(allTargets()).toHaveLength(18);
    expect(allTargets()).toContainEqual({ stage: 'prod', rung: 'users+++++' });
  });

  const flags = 'the flags are --stage NAME, --rung NAME, --outdir DIR, --watch, --sign-in-with LIST';
  test.each([
    [['--stage', 'test'], {}, 'error stage "test" does not exist: the stages are dev, staging, prod'],
    [['--stage', 'toString'], {}, 'error stage "toString" does not exist: the stages are dev, staging, prod'],
    [
      ['--rung', 'users-'],
      {},
      'error rung "users-" does not exist: the rungs are users, users+, users++, users+++, users++++, users+++++',
    ],
    [
      [],
      { HIROBA_RUNG: 'constructor' },
      'error rung "constructor" does not exist: the rungs are users, users+, users++, users+++, users++++, users+++++',
    ],
    [['--prune'], {}, `error Unknown option '--prune': ${flags}`],
    [['out'], {}, `error Unexpected argument 'out': ${flags}`],
    [
      ['--stage', 'prod'],
      {},
      'error stage "prod" is shared: set HIROBA_STATE_BUCKET to the S3 bucket that keeps its Terraform state',
    ],
    [
      ['--rung', 'users++'],
      {},
      'error rung "users++" is served from a domain of its own: set HIROBA_DOMAIN to one that you registered, or use --rung users',
    ],
    [
      [],
      { HIROBA_DOMAIN: 'https://example.org' },
      'error HIROBA_DOMAIN is "https://example.org", which is not a domain name like example.org',
    ],
    [
      [],
      { HIROBA_CDN_PUBLIC_KEY: 'ssh-rsa AAAA' },
      'error HIROBA_CDN_PUBLIC_KEY is not the PEM of a public RSA key of 2048 bits: docs/deploy.md says how to make one',
    ],
    [
      [],
      { HIROBA_REPOSITORY: 'hiroba' },
      'error HIROBA_REPOSITORY is "hiroba", which is not a GitHub repository like owner/name',
    ],
  ])('refuses %j with %j in one line', (args, environment, line) => {
    expect(() => readConfig(args, environment)).toThrow(expect.objectContaining({ message: line }));
  });

  test('refuses a build time that is none', () => {
    expect(() => readConfig([], { SOURCE_DATE_EPOCH: 'today' })).toThrow(
      'SOURCE_DATE_EPOCH is "today", which is not a number of seconds',
    );
  });

  test('names resources by application, stage and thing', () => {
    expect(name(readConfig([], {}).namePrefix, 'users')).toBe('hiroba-dev-users');
  });
});
