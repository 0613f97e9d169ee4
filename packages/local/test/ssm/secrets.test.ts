import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSealing } from '../../src/data/sealing.ts';
import { seededRandom, systemRandom } from '../../src/random.ts';
import { parameter, startSsm } from './support.ts';

describe('a SecureString', () => {
  const secret = parameter({ name: '/app/secret', type: 'SecureString', value: 'open sesame' });

  it('is seen in clear only by who asks for decryption, and is not in clear in the database', async () => {
    const database = new DatabaseSync(':memory:');
    const { ssm, client } = await startSsm({ database });
    ssm.provision(secret);
    const get = async (WithDecryption?: boolean) =>
      (await client.send(new GetParameterCommand({ Name: '/app/secret', WithDecryption }))).Parameter?.Value ?? '';
    expect(await get(true)).toBe('open sesame');
    const sealed = await get();
    expect(sealed).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(await get(false)).toBe(sealed);
    const rows = database.prepare('SELECT * FROM ssm_parameters').all();
    expect(Buffer.from(rows[0]?.['sealed'] as Uint8Array).toString('base64')).toBe(sealed);
    expect(Buffer.from(sealed, 'base64').includes('sesame')).toBe(false);
    expect(rows[0]?.['value']).toBeNull();
  });

  it('cannot take the place of another in the database', async () => {
    const database = new DatabaseSync(':memory:');
    const { ssm, client, port } = await startSsm({ database });
    ssm.provision(secret);
    ssm.provision(parameter({ name: '/app/public', type: 'SecureString', value: 'known' }));
    database.exec(`UPDATE ssm_parameters SET sealed = (SELECT sealed FROM ssm_parameters WHERE name = '/app/secret')`);
    await expect(
      client.send(new GetParameterCommand({ Name: '/app/public', WithDecryption: true })),
    ).rejects.toMatchObject({ name: 'InternalFailure' });
    expect(String(port.defects[0]?.error)).toContain('is not the key that the parameter /app/public was sealed with');
  });
});

describe('the key of the data folder', () => {
  function temporaryFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'sealing-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    return folder;
  }

  it('lies beside the credentials, readable by its owner, and opens what it sealed after a restart', () => {
    const folder = temporaryFolder();
    const sealed = createSealing(folder, systemRandom).seal('open sesame', 'the door');
    const file = join(folder, 'secrets.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    const after = createSealing(folder, systemRandom);
    expect(after.open(sealed, 'the door')).toBe('open sesame');
    expect(() => after.open(sealed, 'the window')).toThrow('is not the key that the window was sealed with.');
    rmSync(file);
    expect(() => createSealing(folder, systemRandom).open(sealed, 'the door')).toThrow(
      `${file} is not the key that the door was sealed with.`,
    );
  });

  it('is not written when there is no folder, and then differs from process to process', () => {
    const sealed = createSealing(null, seededRandom('a')).seal('x', 'y');
    expect(() => createSealing(null, seededRandom('b')).open(sealed, 'y')).toThrow();
    expect(existsSync('secrets.key')).toBe(false);
  });
});
