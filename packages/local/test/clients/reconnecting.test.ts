import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { startLocal } from '../../src/index.ts';
import { temporaryFolder } from '../application/start.ts';
import { startForClients } from './system.ts';

test('aws-amplify goes on with the same subscription after a restart of the server', async () => {
  const dataDirectory = await temporaryFolder('reconnecting-');
  const first = await startForClients({ dataDirectory });
  const { graphql } = first.system.endpoints;
  const { apiKey } = first.system.configuration ?? {};
  const port = Number(new URL(graphql).port);
  // Upper case keeps the WebSocket plain.
  const given = { endpoint: graphql.replace('http:', 'HTTP:'), apiKey };
  const client = spawn(process.execPath, [`${import.meta.dirname}/amplifyListener.ts`, JSON.stringify(given)]);
  onTestFinished(() => void client.kill());
  const lines = createInterface(client.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<Readonly<Record<string, unknown>>> =>
    JSON.parse(String((await lines.next()).value)) as Record<string, unknown>;

  const { started } = await next();
  expect(started).toMatch(/^[0-9a-f-]{36}$/);
  await first.stop();
  const second = await startLocal({ from: first.folder, port, awsPort: 0, dataDirectory });
  onTestFinished(() => second.close());
  expect(await next()).toEqual({ started });

  // It is heard by the socket that came after; until the start is acknowledged nothing is.
  const record = `mutation { record(sensor: "north", celsius: 20) { sensor celsius } }`;
  const heard = next();
  let event: unknown = 'nothing yet';
  while (event === 'nothing yet') {
    const headers = { 'content-type': 'application/json', 'x-api-key': apiKey ?? '' };
    await fetch(graphql, { method: 'POST', headers, body: JSON.stringify({ query: record }) });
    event = await Promise.race([heard, new Promise((resolve) => setImmediate(resolve, 'nothing yet'))]);
  }
  expect(event).toEqual({ heard: { data: { recorded: { sensor: 'north', celsius: 20 } } } });
}, 60_000);
