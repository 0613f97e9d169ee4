import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installedLayers } from '../../infra/testing/installedLayers.ts';
import { allTargets, type Target } from '../../infra/config.ts';
import { publish } from '../../infra/publish.ts';
import { synthesizeTarget } from '../../infra/targets.ts';
import { describeInventory } from '../../packages/local/src/command/report.ts';
import { idMaker } from '../../packages/local/src/data/ids.ts';
import { supportedResources } from '../../packages/local/src/supported.ts';
import { accountOf, defineSystem, type SystemDefinition } from '../../packages/local/src/system/readSystem.ts';
import { readTerraform } from '../../packages/local/src/terraform/index.ts';
import { startLocal } from '@hiroba/local';

const endpoints = {
  graphql: 'http://localhost:4000/graphql',
  realtime: 'ws://localhost:4000/graphql/realtime',
  aws: 'http://127.0.0.1:4001',
};
const folder = mkdtempSync(join(tmpdir(), 'hiroba-targets-'));
const systems = new Map<string, SystemDefinition>();

afterAll(() => rmSync(folder, { recursive: true }));

function folderOf({ stage, rung }: Target): string {
  return join(folder, `${stage}-${rung}`);
}

beforeAll(async () => {
  for (const target of allTargets()) {
    publish(folderOf(target), (await synthesizeTarget(target)).files);
    const configuration = readTerraform(folderOf(target));
    const options = {
      account: accountOf(configuration),
      makeId: idMaker('test'),
      endpoints,
      layers: { layers: installedLayers, from: process.cwd() },
    };
    systems.set(`${target.stage} ${target.rung}`, defineSystem(configuration, options));
  }
}, 180_000);

describe.each(allTargets())('$stage at $rung', ({ stage, rung }) => {
  test('is a whole system on a laptop, in which no type of resource is unknown', () => {
    const system = systems.get(`${stage} ${rung}`);
    expect(system?.inventory.unknown).toEqual(new Map());
    expect(system?.tables).toHaveLength(8);
    expect(system?.api?.resolvers.length).toBeGreaterThan(70);
    expect(system?.functions.length).toBeGreaterThanOrEqual(5);
    expect(system?.mappings.length).toBeGreaterThanOrEqual(8);
  });
});

test('every type that is inert is told with a reason', () => {
  const system = systems.get('prod users+++++');
  if (!system) throw new Error('It was not loaded.');
  const lines = describeInventory(system.inventory);
  const inert = lines.filter((line) => line.startsWith('  inert: '));
  expect(inert.length).toBe(system.inventory.inert.size);
  expect(inert.filter((line) => !/^ {2}inert: \d+ aws_\w+ \(.{10,}\)$/.test(line))).toEqual([]);
  expect(inert).toContain('  inert: 1 aws_appsync_domain_name (the API is on localhost)');
});

test('every type that is said to be supported is declared by a target or by the test application', () => {
  const declared = new Set(
    [...systems.values()].flatMap(({ inventory }) => [...inventory.runs.keys(), ...inventory.inert.keys()]),
  );
  const needless = Object.entries(supportedResources).filter(
    ([type, { neededBy }]) => neededBy.includes('infra') && !declared.has(type),
  );
  expect(needless.map(([type]) => type)).toEqual([]);
});

test('the highest rung of prod answers on a laptop, with streams calling functions by their alias', async () => {
  const system = await startLocal({
    from: folderOf({ stage: 'prod', rung: 'users+++++' }),
    port: 0,
    awsPort: 0,
    dataDirectory: null,
    layers: installedLayers,
  });
  try {
    const { endpoint = '', apiKey } = system.configuration ?? {};
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': apiKey ?? '' },
      body: JSON.stringify({ query: '{ serviceStatus { rung region } trending { edges { cursor } } }' }),
    });
    expect(await response.json()).toEqual({
      data: { serviceStatus: { rung: 'users+++++', region: 'us-east-1' }, trending: { edges: [] } },
    });
  } finally {
    await system.close();
  }
}, 60_000);

test('the local system has no entry for the backend that no target declares, and says of each that the backend needs it', () => {
  const declared = new Set(
    [...systems.values()].flatMap(({ inventory: { runs, inert } }) => [...runs.keys(), ...inert.keys()]),
  );
  const needed = Object.entries(supportedResources).filter(([, { neededBy }]) => neededBy.includes('infra'));
  expect(needed.map(([type]) => type).sort()).toEqual([...declared].sort());
});
