import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCredentials } from '../../src/aws/credentials.ts';
import { loadOrCreateSharedCredentials } from '../../src/aws/sharedCredentials.ts';
import { seededRandom, systemRandom } from '../../src/random.ts';
import { READER } from './support.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'credentials-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const load = (environment: Record<string, string> = {}) =>
  loadOrCreateSharedCredentials(directory, { random: systemRandom, environment });

describe('the root key', () => {
  it('is made at random, once per folder, in the format of the AWS tools', () => {
    const key = load();
    expect(key.accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(key.secretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
    expect(readFileSync(join(directory, 'credentials'), 'utf8')).toBe(
      `[default]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`,
    );
    expect(load()).toEqual(key);
  });

  it('is readable by its owner only, also when the file had become readable by others', () => {
    load();
    const path = join(directory, 'credentials');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    chmodSync(path, 0o644);
    load();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('comes from the environment when it is there, and nothing is written', () => {
    const environment = { AWS_ACCESS_KEY_ID: 'AKIAMINE', AWS_SECRET_ACCESS_KEY: 'mine' };
    expect(load(environment)).toEqual({ accessKeyId: 'AKIAMINE', secretAccessKey: 'mine' });
    expect(load({ ...environment, AWS_SESSION_TOKEN: 'token' })).toEqual({
      accessKeyId: 'AKIAMINE',
      secretAccessKey: 'mine',
      sessionToken: 'token',
    });
    expect(() => statSync(join(directory, 'credentials'))).toThrow('ENOENT');
  });

  it('is refused when the environment has half of it', () => {
    expect(() => load({ AWS_ACCESS_KEY_ID: 'AKIAMINE' })).toThrow('Set both');
    expect(() => load({ AWS_SECRET_ACCESS_KEY: 'mine' })).toThrow('Set both');
  });

  it('is read from profile default of a file with comments and other profiles', () => {
    const text =
      '# mine\n[other]\naws_access_key_id=AKIAOTHER\n\n[ default ]\r\naws_access_key_id = AKIAMINE\naws_secret_access_key=mi/ne+=\nregion = x\n';
    writeFileSync(join(directory, 'credentials'), text);
    expect(load()).toEqual({ accessKeyId: 'AKIAMINE', secretAccessKey: 'mi/ne+=' });
  });

  it('is refused from a file without one, and the message does not repeat the file', () => {
    writeFileSync(join(directory, 'credentials'), '[other]\naws_secret_access_key = do-not-show\n');
    expect(load).toThrow(/has no aws_access_key_id/);
    expect(load).not.toThrow(/do-not-show/);
  });
});

describe('role sessions', () => {
  it('have one key per principal, which finds the principal as it is now', () => {
    const credentials = createCredentials({ random: seededRandom('sessions') });
    const key = credentials.sessionFor(READER);
    expect(key.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(credentials.sessionFor({ ...READER, address: 'moved.aws_iam_role.reader' })).toEqual(key);
    expect(credentials.principalOf(key.accessKeyId)).toEqual({ arn: READER.arn, address: 'moved.aws_iam_role.reader' });
    expect(credentials.principalOf('ASIAUNKNOWN')).toBeNull();
    expect(credentials.principalOf('__proto__')).toBeNull();
  });
});
