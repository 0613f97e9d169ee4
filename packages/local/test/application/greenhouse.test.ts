import { describe, expect, test } from 'vitest';
import { writeGreenhouse } from './greenhouse.ts';
import { startGreenhouse as start, temporaryFolder } from './start.ts';

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

describe('what costs extra on AWS', () => {
  test('a function that its stream calls by an alias runs, and a resolver with a cache answers from it for its time', async () => {
    const { system, send } = await start(({ resource }) => {
      Object.assign(resource, {
        aws_lambda_alias: {
          live: {
            name: 'live',
            function_name: '${aws_lambda_function.averages.function_name}',
            function_version: '${aws_lambda_function.averages.version}',
          },
        },
        aws_appsync_api_cache: {
          cache: {
            api_id: '${aws_appsync_graphql_api.api.id}',
            type: 'SMALL',
            ttl: 60,
            api_caching_behavior: 'PER_RESOLVER_CACHING',
          },
        },
      });
      Object.assign(resource.aws_lambda_event_source_mapping.averages, {
        function_name: '${aws_lambda_alias.live.arn}',
      });
      Object.assign(resource.aws_appsync_resolver.Query_average, {
        caching_config: { ttl: 60, caching_keys: ['$context.arguments.sensor'] },
      });
    });
    const average = '{ average(sensor: "north") { celsius } }';
    await send(record(20));
    await system.idle();
    expect(await send(average)).toEqual({ data: { average: { celsius: 20 } } });
    await send(record(30));
    await system.idle();
    expect(await send(average)).toEqual({ data: { average: { celsius: 20 } } });
    system.clock.advance(60_000);
    expect(await send(average)).toEqual({ data: { average: { celsius: 25 } } });
    expect(system.inventory.runs.get('aws_appsync_api_cache')).toBe(1);
    expect(system.inventory.runs.get('aws_lambda_alias')).toBe(1);
  });
});

describe('a mistake in the Terraform', () => {
  test('a managed policy of a role that acts here stops the start, since its permissions would be lost unsaid', async () => {
    await expect(
      start(({ resource }) => {
        Object.assign(resource, {
          aws_iam_role_policy_attachment: {
            all: {
              role: '${aws_iam_role.averages.name}',
              policy_arn: 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess',
            },
          },
        });
      }),
    ).rejects.toThrow(
      'aws_iam_role_policy_attachment.all: managed policies are not emulated by @hiroba/local: write the statements in an aws_iam_role_policy.',
    );
  });

  test('an alias of no function stops the start and names the alias', async () => {
    await expect(
      start(({ resource }) => {
        Object.assign(resource, {
          aws_lambda_alias: { live: { name: 'live', function_name: 'averagez', function_version: '1' } },
        });
      }),
    ).rejects.toThrow('aws_lambda_alias.live.function_name is no aws_lambda_function.');
  });

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

  test('a resolver with a type that does not fit is refused as AppSync would, at its address', async () => {
    const { system, folder, send } = await start();
    await writeGreenhouse(folder, (terraform) => {
      const resolver = terraform.resource.aws_appsync_resolver.Mutation_record;
      resolver.code = resolver.code.replace('return ctx.result;', "let a = 1; a = 'b'; return ctx.result;");
    });
    await expect(system.reload()).rejects.toThrow(
      /^aws_appsync_resolver\.Mutation_record: .*error TS2322: Type 'string' is not assignable to type 'number'\.$/,
    );
    expect(await send(record(7))).toEqual({ data: { record: { sensor: 'north', celsius: 7 } } });
  });
});

test('what was acknowledged is there after a restart, and so are the ids that clients know', async () => {
  const dataDirectory = await temporaryFolder('greenhouse-data-');
  const first = await start(undefined, { dataDirectory });
  const { apiKey } = first.system.configuration ?? {};
  await first.send(record(18));
  await first.stop();
  const second = await start(undefined, { dataDirectory });
  expect(second.system.configuration?.apiKey).toBe(apiKey);
  expect(await second.send('{ readings(sensor: "north") { celsius } }')).toEqual({
    data: { readings: [{ celsius: 18 }] },
  });
});
