import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../application/start.ts';
import { startForClients } from './system.ts';

// aws-amplify makes `wss:` of `http:` and of `https:` alike, and opens it at the same port.
test.each(['https', 'http'])(
  'aws-amplify by %s: and wss:, in three modes, trusting the local authority',
  async (scheme) => {
    const dataDirectory = await temporaryFolder('amplify-');
    const { system, token } = await startForClients({ dataDirectory });
    const { accessKeyId, secretAccessKey } = system.credentials;
    const given = {
      endpoint: system.endpoints.graphql.replace('http', scheme),
      apiKey: system.configuration?.apiKey,
      token: await token(),
      accessKeyId,
      secretAccessKey,
    };
    const client = spawn(process.execPath, [join(import.meta.dirname, 'amplifyClient.ts'), JSON.stringify(given)], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: join(dataDirectory, 'ca.pem') },
    });
    const [printed, problems] = await Promise.all([text(client.stdout), text(client.stderr), once(client, 'close')]);
    const reading = { sensor: 'north', celsius: 20 };
    const of = (authMode: string) => ({
      authMode,
      recorded: { data: { record: reading } },
      read: { data: { readings: [reading] } },
      event: { data: { recorded: reading } },
    });
    expect(problems).not.toContain('Error');
    const lines = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines).toMatchObject([of('apiKey'), of('userPool'), of('iam')]);
  },
  60_000,
);
