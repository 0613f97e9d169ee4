import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type LocalSystem, startLocal } from '../../src/index.ts';
import { type Greenhouse, writeGreenhouse } from './greenhouse.ts';

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

interface Started {
  readonly system: LocalSystem;
  readonly folder: string;
  send(
    query: string,
  ): Promise<{ data: Record<string, unknown> | null; errors?: { errorType?: string; message: string }[] }>;
}

async function start(change?: (terraform: Greenhouse) => void, dataDirectory: string | null = null): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), 'greenhouse-'));
  running.push(() => rm(folder, { recursive: true }));
  await writeGreenhouse(folder, change);
  const system = await startLocal({ from: folder, port: 0, awsPort: 0, dataDirectory });
  running.unshift(() => system.close());
  return {
    system,
    folder,
    async send(query) {
      const response = await fetch(system.endpoints.graphql, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': system.configuration?.apiKey ?? '' },
        body: JSON.stringify({ query }),
      });
      return (await response.json()) as Awaited<ReturnType<Started['send']>>;
    },
  };
}

const record = (celsius: number): string =>
  `mutation { record(sensor: "north", celsius: ${celsius}) { sensor celsius } }`;

describe('an application that has nothing to do with the backend', () => {
  test('answers a mutation and a query from the code in its Terraform', async () => {
    const { send } = await start();
    expect(await send(record(21.5))).toEqual({ data: { record: { sensor: 'north', celsius: 21.5 } } });
    expect(await send('{ readings(sensor: "north") { celsius } }')).toEqual({
      data: { readings: [{ celsius: 21.5 }] },
    });
  });

  test('runs its function on the stream of its table', async () => {
    const { system, send } = await start();
    await send(record(20));
    await send(record(23));
    await system.idle();
    expect(await send('{ average(sensor: "north") { celsius readings } }')).toEqual({
      data: { average: { celsius: 21.5, readings: 2 } },
    });
  });

  test('lives in the region that its provider names', async () => {
    const { system } = await start();
    expect(system.configuration?.region).toBe('eu-central-1');
  });
});

describe('a mistake in the Terraform', () => {
  test('a removed permission is a field error that names the address and the missing action', async () => {
    const { send } = await start((terraform) => {
      const policy = terraform.resource.aws_iam_role_policy.readings;
      policy.policy = policy.policy.replace('"dynamodb:PutItem",', '');
    });
    const { data, errors } = await send(record(21));
    expect(data).toEqual({ record: null });
    expect(errors?.[0]?.errorType).toBe('DynamoDB:AccessDeniedException');
    expect(errors?.[0]?.message).toContain('dynamodb:PutItem');
    expect(errors?.[0]?.message).toContain('aws_iam_role.readings');
  });

  test('a missing table stops the start with both ends of the broken reference', async () => {
    await expect(
      start((terraform) => {
        Reflect.deleteProperty(terraform.resource.aws_dynamodb_table, 'averages');
      }),
    ).rejects.toThrow(/aws_dynamodb_table\.averages/);
  });

  test('a misspelt index is a field error that names the index, the missing action and the resolver', async () => {
    const { send } = await start((terraform) => {
      const resolver = terraform.resource.aws_appsync_resolver.Query_readings;
      resolver.code = resolver.code.replace('scanIndexForward: false', "index: 'byCelsus'");
    });
    const { errors } = await send('{ readings(sensor: "north") { celsius } }');
    expect(errors?.[0]?.message).toContain('dynamodb:Query');
    expect(errors?.[0]?.message).toContain('table/greenhouse-readings/index/byCelsus');
    expect(errors?.[0]?.message).toContain('aws_appsync_resolver.Query_readings');
  });

  test('a role that AppSync may not take on stops the start and names the role', async () => {
    await expect(
      start((terraform) => {
        const role = terraform.resource.aws_iam_role.readings;
        role.assume_role_policy = role.assume_role_policy.replace('appsync', 'lambda');
      }),
    ).rejects.toThrow(/aws_iam_role\.readings/);
  });

  test('a resolver on a field that the schema lacks stops the start and names the resolver', async () => {
    await expect(
      start((terraform) => {
        terraform.resource.aws_appsync_resolver.Query_average.field = 'mean';
      }),
    ).rejects.toThrow(/aws_appsync_resolver\.Query_average/);
  });
});

describe('reload', () => {
  test('a changed resolver answers the next request', async () => {
    const { system, folder, send } = await start();
    await writeGreenhouse(folder, (terraform) => {
      const resolver = terraform.resource.aws_appsync_resolver.Mutation_record;
      resolver.code = resolver.code.replace(
        'return ctx.result;',
        'return { ...ctx.result, celsius: 0 - ctx.result.celsius };',
      );
    });
    await system.reload();
    expect(await send(record(5))).toEqual({ data: { record: { sensor: 'north', celsius: -5 } } });
  });

  test('a broken version is refused and the last good one goes on serving', async () => {
    const { system, folder, send } = await start();
    await writeGreenhouse(folder, (terraform) => {
      terraform.resource.aws_appsync_resolver.Mutation_record.code = 'export function request(ctx) { return {';
    });
    await expect(system.reload()).rejects.toThrow();
    expect(await send(record(7))).toEqual({ data: { record: { sensor: 'north', celsius: 7 } } });
  });
});

test('what was acknowledged is there after a restart, and so are the ids that clients know', async () => {
  const data = await mkdtemp(join(tmpdir(), 'greenhouse-data-'));
  running.push(() => rm(data, { recursive: true }));
  const first = await start(undefined, data);
  const { apiKey } = first.system.configuration ?? {};
  await first.send(record(18));
  await running.shift()?.();
  const second = await start(undefined, data);
  expect(second.system.configuration?.apiKey).toBe(apiKey);
  expect(await second.send('{ readings(sensor: "north") { celsius } }')).toEqual({
    data: { readings: [{ celsius: 18 }] },
  });
});
