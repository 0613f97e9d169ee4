import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { TerraformError } from '../../src/terraform/error.ts';
import { evaluate } from '../../src/terraform/evaluate.ts';
import { readTerraform } from '../../src/terraform/readTerraform.ts';
import { account, errorOf, evaluateFolder, evaluateModule, folder, valueOf } from './support.ts';

const greenhouse = join(import.meta.dirname, 'fixtures/greenhouse');

/** A manifest of stacks, each with what its file holds; all depend on the first. */
function stacks(files: Readonly<Record<string, JsonObject>>): string {
  const [first = '', ...others] = Object.keys(files);
  const entry = (name: string): [string, JsonValue] => [
    name,
    {
      name,
      constructPath: name,
      dependencies: others.includes(name) ? [first] : [],
      workingDirectory: `stacks/${name}`,
      synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
    },
  ];
  return folder({
    'manifest.json': { stacks: Object.fromEntries(Object.keys(files).map(entry)) },
    ...Object.fromEntries(Object.entries(files).map(([name, file]) => [`stacks/${name}/cdk.tf.json`, file])),
  });
}

/** The greenhouse with one change in the text of its api stack. */
function changedGreenhouse(search: string, replacement: string): string {
  const files = [
    'manifest.json',
    'stacks/data/cdk.tf.json',
    'stacks/api/cdk.tf.json',
    'stacks/api/assets/alarm/0A1B2C/archive.zip',
  ];
  const original = Object.fromEntries(files.map((file) => [file, readFileSync(join(greenhouse, file), 'utf8')]));
  const api = original['stacks/api/cdk.tf.json'] ?? '';
  expect(api).toContain(search);
  return folder({ ...original, 'stacks/api/cdk.tf.json': api.replace(search, () => replacement) });
}

describe('an application of two stacks', () => {
  const { resources, outputs, providers } = evaluateFolder(greenhouse);
  const argsOf = (address: string): JsonObject | undefined =>
    resources.find((resource) => resource.address === address)?.args;

  test('has its resources in an order in which each follows what it refers to', () => {
    const order = resources.map(({ address }) => address);
    const before = (first: string, second: string): boolean => order.indexOf(first) < order.indexOf(second);
    expect(order).toHaveLength(9);
    expect(order[0]).toBe('data.aws_dynamodb_table.readings');
    expect(before('api.aws_appsync_datasource.readings', 'api.aws_appsync_resolver.latest')).toBe(true);
    expect(before('api.aws_iam_role.alarm', 'api.aws_lambda_function.alarm')).toBe(true);
  });

  test('refers to the other stack through the state that both name', () => {
    expect(argsOf('api.aws_appsync_datasource.readings')).toEqual({
      api_id: 'greenhouse',
      dynamodb_config: { table_name: 'greenhouse-readings-dev' },
      name: 'readings',
      service_role_arn: 'arn:aws:aws_iam_role:greenhouse-reader',
      type: 'AMAZON_DYNAMODB',
    });
  });

  test('has policies written by jsonencode, with keys in order as Terraform writes them', () => {
    expect(argsOf('api.aws_iam_role_policy.reader')?.policy).toBe(
      '{"Statement":[{"Action":["dynamodb:GetItem"],"Effect":"Allow","Resource":["arn:aws:aws_dynamodb_table:greenhouse-readings-dev","arn:aws:aws_dynamodb_table:greenhouse-readings-dev/index/*"],"Sid":"Read"}],"Version":"2012-10-17"}',
    );
  });

  test('has policies written by aws_iam_policy_document', () => {
    expect(JSON.parse(String(argsOf('api.aws_iam_role_policy.alarm')?.policy))).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ReadStream',
          Effect: 'Allow',
          Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
          Resource: 'arn:aws:aws_dynamodb_table:greenhouse-readings-dev/stream/*',
          Condition: { StringEquals: { 'aws:PrincipalAccount': '${aws:ResourceAccount}' } },
        },
      ],
    });
  });

  test('knows the account it stands in', () => {
    expect(argsOf('api.aws_iam_role.reader')?.assume_role_policy).toContain('"aws:SourceAccount":"123456789012"');
  });

  test('keeps resolver code as it was before it was escaped', () => {
    const code = String(argsOf('api.aws_appsync_resolver.latest')?.code);
    expect(code).toContain('sensor: `S#${ctx.args.sensor}`');
    expect(code).toContain('// 100 %{done}');
  });

  test('has environment variables and the hash of the code', () => {
    expect(argsOf('api.aws_lambda_function.alarm')).toMatchObject({
      environment: { variables: { TABLE: 'greenhouse-readings-dev', LABEL: 'GREENHOUSE-GREENHOUSE' } },
      source_code_hash: 'T+JaCOaw158AAcLJu9VktCE6ruh3ktdJ0RVq3EPnogU=',
    });
  });

  test('gives what references see beside the arguments', () => {
    const table = resources.find(({ address }) => address === 'data.aws_dynamodb_table.readings');
    expect(table?.attributes).toMatchObject({
      hash_key: 'sensor',
      arn: 'arn:aws:aws_dynamodb_table:greenhouse-readings-dev',
    });
    expect(table?.args).not.toHaveProperty('arn');
  });

  test('has the outputs of each stack and the providers', () => {
    expect(outputs.get('api')).toEqual({ url: 'https://greenhouse.example/graphql' });
    expect(outputs.get('data')).toEqual({
      'cross-stack-output-aws_dynamodb_tablereadingsarn': 'arn:aws:aws_dynamodb_table:greenhouse-readings-dev',
      'cross-stack-output-aws_dynamodb_tablereadingsname': 'greenhouse-readings-dev',
    });
    expect(providers).toEqual([
      { stack: 'data', name: 'aws', alias: undefined, args: { region: 'eu-west-1' } },
      { stack: 'api', name: 'aws', alias: undefined, args: { region: 'eu-west-1' } },
    ]);
  });
});

describe('a reference to nothing', () => {
  test.each([
    [
      'a resource that does not exist',
      '${aws_appsync_datasource.readings.name}',
      '${aws_appsync_datasource.raedings.name}',
      'api.aws_appsync_resolver.latest.data_source refers to aws_appsync_datasource.raedings.name, which does not exist; did you mean readings?',
    ],
    [
      'an attribute that does not exist',
      '${aws_appsync_datasource.readings.name}',
      '${aws_appsync_datasource.readings.nam}',
      'api.aws_appsync_resolver.latest.data_source refers to aws_appsync_datasource.readings.nam, but aws_appsync_datasource.readings has no "nam"; did you mean name?',
    ],
    [
      'a type of which there is none',
      '${aws_appsync_datasource.readings.name}',
      '${aws_appsync_datasorce.readings.name}',
      'api.aws_appsync_resolver.latest.data_source refers to aws_appsync_datasorce.readings.name, which does not exist; did you mean aws_appsync_datasource?',
    ],
    [
      'a local',
      '${local.names.reader}',
      '${local.nams.reader}',
      'api.aws_iam_role.reader.name refers to local.nams, which does not exist; did you mean names?',
    ],
    [
      'a member of a local',
      '${local.names.reader}',
      '${local.names.writer.long}',
      'api.aws_iam_role.reader.name refers to local.names.writer, but local.names has no "writer"',
    ],
    [
      'a data source',
      '${data.aws_caller_identity.me.account_id}',
      '${data.aws_caller_identity.you.account_id}',
      'api.aws_iam_role.reader.assume_role_policy refers to data.aws_caller_identity.you.account_id, which does not exist',
    ],
    [
      'an output of the other stack',
      '"table_name": "${data.terraform_remote_state.cross-stack-reference-input-data.outputs.cross-stack-output-aws_dynamodb_tablereadingsname}"',
      '"table_name": "${data.terraform_remote_state.cross-stack-reference-input-data.outputs.cross-stack-output-aws_dynamodb_tablereadingname}"',
      'api.aws_appsync_datasource.readings.dynamodb_config.table_name refers to data.terraform_remote_state.cross-stack-reference-input-data.outputs.cross-stack-output-aws_dynamodb_tablereadingname, but stack data has no output cross-stack-output-aws_dynamodb_tablereadingname; did you mean cross-stack-output-aws_dynamodb_tablereadingsname?',
    ],
    [
      'what depends_on names',
      '"depends_on": ["aws_iam_role.reader"]',
      '"depends_on": ["aws_iam_role.raeder"]',
      'api.aws_iam_role_policy.reader.depends_on refers to aws_iam_role.raeder, which does not exist; did you mean reader?',
    ],
  ])('is an error that names both ends: %s', (_what, search, replacement, message) => {
    const directory = changedGreenhouse(search, replacement);
    const error = errorOf(() => evaluateFolder(directory));
    expect(error).toBeInstanceOf(TerraformError);
    expect(error.message).toBe(message);
    expect(error.file).toBe(join(directory, 'stacks/api/cdk.tf.json'));
  });

  test.each([
    [
      '${alarms}',
      'output.result refers to "alarms", which is neither an attribute (type.name.attribute) nor a string in quotes',
    ],
    ['${var.stage}', 'output.result refers to var.stage, which does not exist'],
    ['${count.index}', 'output.result refers to count.index, which has no value here'],
    ['${path.modul}', 'output.result refers to path.modul, which does not exist; did you mean module?'],
    ['${module.network.id}', 'output.result: a module cannot be referred to here'],
    [
      '${data.aws_region}',
      'output.result refers to data.aws_region, which names no data source: they are data.type.name',
    ],
  ])('is an error: %s', (expression, message) => {
    expect(errorOf(() => valueOf(expression)).message).toBe(message);
  });
});

describe('references in a circle', () => {
  test('are an error that shows the circle', () => {
    const resource = {
      aws_sqs_queue: {
        a: { name: '${aws_sqs_queue.b.arn}' },
        b: { name: 'b', policy: '${aws_sqs_queue.c.arn}' },
        c: { tags: { of: '${aws_sqs_queue.a.id}' } },
      },
    };
    expect(errorOf(() => evaluateModule({ resource })).message).toBe(
      'aws_sqs_queue.a refers to itself in a circle: aws_sqs_queue.a -> aws_sqs_queue.b -> aws_sqs_queue.c -> aws_sqs_queue.a. Take one of these references out.',
    );
  });

  test('are an error when a resource uses its own attribute', () => {
    const resource = { aws_sqs_queue: { a: { policy: '${aws_sqs_queue.a.arn}' } } };
    expect(errorOf(() => evaluateModule({ resource })).message).toBe(
      "aws_sqs_queue.a refers to itself. A resource's arguments cannot use its own attributes.",
    );
  });

  test('are found through locals and depends_on', () => {
    const resource = { aws_sqs_queue: { a: { name: '${local.name}' }, b: { depends_on: ['aws_sqs_queue.a'] } } };
    expect(errorOf(() => evaluateModule({ resource, locals: { name: '${aws_sqs_queue.b.id}' } })).message).toContain(
      'local.name -> aws_sqs_queue.b -> aws_sqs_queue.a -> local.name',
    );
  });
});

describe('the state of another stack', () => {
  const producer = { output: { arn: { value: 'arn:1' } } };
  const reader = (backend: string, config: JsonObject): JsonObject => ({
    data: { terraform_remote_state: { other: { backend, config } } },
    output: { got: { value: '${data.terraform_remote_state.other.outputs.arn}' } },
  });

  test('is found by an equal path of a local backend', () => {
    const directory = stacks({
      a: { ...producer, terraform: { backend: { local: { path: '/states/a' } } } },
      b: { output: { arn: { value: 'arn:2' } }, terraform: { backend: { local: { path: '/states/b' } } } },
      c: reader('local', { path: '/states/b' }),
    });
    expect(evaluateFolder(directory).outputs.get('c')).toEqual({ got: 'arn:2' });
  });

  test('is found by the output when the backends do not tell', () => {
    const directory = stacks({ a: producer, c: reader('remote', { organization: 'o', workspaces: { name: 'a' } }) });
    expect(evaluateFolder(directory).outputs.get('c')).toEqual({ got: 'arn:1' });
  });

  test('is an error when several stacks could be meant', () => {
    const directory = stacks({ a: producer, b: producer, c: reader('local', { path: '/elsewhere' }) });
    expect(errorOf(() => evaluateFolder(directory)).message).toBe(
      "c.output.got refers to data.terraform_remote_state.other.outputs.arn, but stacks a, b all have this output, and none has the remote state's backend",
    );
  });

  test('is an error when no stack has the output', () => {
    const directory = stacks({ a: { output: { ar: { value: 1 } } }, c: reader('local', { path: '/elsewhere' }) });
    expect(errorOf(() => evaluateFolder(directory)).message).toBe(
      'c.output.got refers to data.terraform_remote_state.other.outputs.arn, but no stack has this output; did you mean ar?',
    );
  });
});

describe('count and for_each', () => {
  test('make instances that have their own address', () => {
    const { resources, outputs } = evaluateModule({
      resource: {
        aws_sqs_queue: {
          row: { count: 2, name: 'row-${count.index}' },
          bed: { for_each: { north: 'cold', south: 'warm' }, name: '${each.key}-${each.value}' },
          none: { count: '${1 == 2 ? 1 : 0}', name: 'none' },
          set: { for_each: '${toset(["b", "a", "b"])}', name: '${each.value}' },
        },
      },
      output: {
        second: { value: '${aws_sqs_queue.row[1].arn}' },
        all: { value: '${aws_sqs_queue.row[*].name}' },
        south: { value: '${aws_sqs_queue.bed["south"].name}' },
        every: { value: '${values(aws_sqs_queue.bed).*.name}' },
        none: { value: '${length(aws_sqs_queue.none)}' },
      },
    });
    expect(resources.map(({ address, key, args }) => [address, key, args.name])).toEqual([
      ['aws_sqs_queue.row[0]', 0, 'row-0'],
      ['aws_sqs_queue.row[1]', 1, 'row-1'],
      ['aws_sqs_queue.bed["north"]', 'north', 'north-cold'],
      ['aws_sqs_queue.bed["south"]', 'south', 'south-warm'],
      ['aws_sqs_queue.set["a"]', 'a', 'a'],
      ['aws_sqs_queue.set["b"]', 'b', 'b'],
    ]);
    expect([...outputs.values()][0]).toEqual({
      second: 'arn:aws:aws_sqs_queue:row-1',
      all: ['row-0', 'row-1'],
      south: 'south-warm',
      every: ['north-cold', 'south-warm'],
      none: 0,
    });
  });

  test.each([
    [{ count: 'many' }, 'aws_sqs_queue.row.count: the count must be a number, not "many"'],
    [{ count: -1 }, 'aws_sqs_queue.row.count: the count must be a whole number from 0, not -1'],
    [{ for_each: 'x' }, 'aws_sqs_queue.row.for_each must be a map or a set of strings, not a string'],
  ])('refuse %j', (body, message) => {
    expect(errorOf(() => evaluateModule({ resource: { aws_sqs_queue: { row: body } } })).message).toBe(message);
  });

  test('are asked for an index that is not there', () => {
    const module = { resource: { aws_sqs_queue: { row: { count: 1 } } } };
    expect(errorOf(() => valueOf('${aws_sqs_queue.row[1].arn}', module)).message).toBe(
      'output.result refers to aws_sqs_queue.row[1], but aws_sqs_queue.row is a list of 1 element',
    );
  });
});

describe('evaluation', () => {
  test('asks for the attributes of each resource once, with its arguments resolved', () => {
    const attributes = vi.fn(() => ({ arn: 'arn:1' }));
    const directory = folder({
      'main.tf.json': {
        resource: {
          aws_sqs_queue: { a: { name: 'a' }, b: { policy: '${aws_sqs_queue.a.arn}', also: '${aws_sqs_queue.a.arn}' } },
        },
      },
    });
    evaluate(readTerraform(directory), { account, attributes, dataSource: () => ({}) });
    expect(attributes.mock.calls).toMatchObject([
      [{ address: 'aws_sqs_queue.a' }, { name: 'a' }],
      [{ address: 'aws_sqs_queue.b' }, { policy: 'arn:1', also: 'arn:1' }],
    ]);
  });

  test('asks for a data source only when something refers to it', () => {
    const data = { aws_sqs_queue: { used: { name: 'u' }, unused: { name: 'n' } } };
    const dataSource = vi.fn(() => ({ arn: 'arn:u' }));
    const directory = folder({
      'main.tf.json': { data, output: { arn: { value: '${data.aws_sqs_queue.used.arn}' } } },
    });
    evaluate(readTerraform(directory), { account, attributes: () => ({}), dataSource });
    expect(dataSource.mock.calls).toMatchObject([[{ address: 'data.aws_sqs_queue.used' }, { name: 'u' }]]);
  });

  test('checks also what nothing refers to', () => {
    expect(errorOf(() => evaluateModule({ locals: { unused: '${local.gone}' } })).message).toBe(
      'local.unused refers to local.gone, which does not exist',
    );
  });

  test('turns the default of a variable into its type', () => {
    expect(valueOf('${var.days}', { variable: { days: { default: '7', type: 'number' } } })).toBe(7);
  });

  test('refuses a variable without a default', () => {
    expect(errorOf(() => valueOf('${var.days}', { variable: { days: {} } })).message).toBe(
      'output.result refers to var.days, which has no default. Give it one: nothing asks for values here',
    );
  });

  test('answers where it stands', () => {
    const module = { data: { aws_region: { here: {} }, aws_partition: { here: {} } } };
    expect(valueOf('${data.aws_region.here.name}/${data.aws_partition.here.partition}', module)).toBe('eu-west-1/aws');
  });

  test('resolves the names of a plain folder', () => {
    const { resources, outputs } = evaluateFolder(join(import.meta.dirname, 'fixtures/plain'));
    expect(resources.map(({ address, args }) => [address, args])).toEqual([
      ['aws_sqs_queue.dead', { name: 'alarms-dead' }],
      [
        'aws_sqs_queue.alarms',
        {
          name: 'alarms-default',
          redrive_policy: '{"deadLetterTargetArn":"arn:aws:aws_sqs_queue:alarms-dead","maxReceiveCount":3}',
        },
      ],
    ]);
    expect(outputs.get('plain')).toEqual({ url: 'alarms-default' });
  });

  test('is safe from names that objects have by nature', () => {
    const value = valueOf(
      { __proto__: { polluted: true }, constructor: '${local.constructor}' },
      { locals: { constructor: 'mine' } },
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(value).toHaveProperty('constructor', 'mine');
    expect(errorOf(() => valueOf('${local.toString}')).message).toContain(
      'refers to local.toString, which does not exist',
    );
    expect(errorOf(() => valueOf('${local.m.toString}', { locals: { m: {} } })).message).toContain(
      'local.m has no "toString"',
    );
  });
});
