import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { TerraformError } from '../../src/terraform/error.ts';
import { readTerraform } from '../../src/terraform/readTerraform.ts';
import { resolveAsset } from '../../src/terraform/resolveAsset.ts';
import { errorOf, folder } from './support.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

const stack = (name: string, change: JsonObject = {}): JsonObject => ({
  name,
  constructPath: name,
  dependencies: [],
  workingDirectory: `stacks/${name}`,
  synthesizedStackPath: `stacks/${name}/cdk.tf.json`,
  ...change,
});

describe('a folder that cdktf has written', () => {
  const configuration = readTerraform(join(fixtures, 'greenhouse'));

  test('has its stacks in the order of their dependencies', () => {
    expect(configuration.stacks.map(({ name }) => name)).toEqual(['data', 'api']);
    expect(configuration.stacks[1]?.backend).toEqual({
      type: 's3',
      config: { bucket: 'greenhouse-state', key: 'api.tfstate', region: 'eu-west-1', dynamodb_table: 'locks' },
    });
  });

  test('gives each resource its address, its construct path, its arguments without comment and meta-arguments', () => {
    const table = configuration.stacks[0]?.resources[0];
    expect(table).toMatchObject({
      stack: 'data',
      type: 'aws_dynamodb_table',
      name: 'readings',
      address: 'data.aws_dynamodb_table.readings',
      constructPath: 'data/tables/readings',
      meta: { dependsOn: [], lifecycle: { prevent_destroy: true } },
      file: join(fixtures, 'greenhouse/stacks/data/cdk.tf.json'),
      directory: join(fixtures, 'greenhouse/stacks/data'),
    });
    expect(Object.keys(table?.arguments ?? {})).toEqual([
      'attribute',
      'billing_mode',
      'hash_key',
      'range_key',
      'name',
      'stream_enabled',
      'stream_view_type',
    ]);
  });

  test('keeps expressions as they are written', () => {
    const policy = configuration.stacks[1]?.resources.find(
      ({ address }) => address === 'api.aws_iam_role_policy.reader',
    );
    expect(policy?.arguments.role).toBe('${aws_iam_role.reader.id}');
    expect(policy?.meta.dependsOn).toEqual(['aws_iam_role.reader']);
  });

  test('has addresses without the stack when there is only one', () => {
    const directory = folder({
      'manifest.json': { stacks: { api: stack('api') } },
      'stacks/api/cdk.tf.json': { resource: { aws_sqs_queue: { alarms: {} } }, data: { aws_region: { here: {} } } },
    });
    const [api] = readTerraform(directory).stacks;
    expect(api?.resources[0]?.address).toBe('aws_sqs_queue.alarms');
    expect(api?.dataSources[0]?.address).toBe('data.aws_region.here');
  });
});

describe('a plain folder of Terraform JSON', () => {
  test('is one stack, named after the folder, of all its files', () => {
    const { stacks } = readTerraform(join(fixtures, 'plain'));
    expect(stacks.map(({ name }) => name)).toEqual(['plain']);
    expect(stacks[0]?.resources.map(({ address }) => address)).toEqual(['aws_sqs_queue.dead', 'aws_sqs_queue.alarms']);
    expect(stacks[0]?.providers).toMatchObject([{ name: 'aws', arguments: { region: '${var.region}' } }]);
  });

  test('may not declare a resource in two files', () => {
    const queue = { resource: { aws_sqs_queue: { alarms: {} } } };
    const directory = folder({ 'a.tf.json': queue, 'b.tf.json': queue });
    expect(errorOf(() => readTerraform(directory)).message).toBe(
      `aws_sqs_queue.alarms is declared in ${directory}/a.tf.json and in ${directory}/b.tf.json. Rename or remove one.`,
    );
  });

  test.each([
    ['main.tf', 'is in HCL. Only Terraform JSON is read: write it as main.tf.json, or generate it with cdktf.'],
    [
      'main_override.tf.json',
      'is an override file; these are not merged. Put its arguments into the files it overrides.',
    ],
  ])('may not hold %s', (name, reason) => {
    const directory = folder({ 'other.tf.json': {}, [name]: {} });
    expect(errorOf(() => readTerraform(directory)).message).toBe(`${directory}/${name} ${reason}`);
  });
});

describe('a folder that is no Terraform', () => {
  test('is refused when it does not exist', () => {
    const error = errorOf(() => readTerraform('no/such/folder'));
    expect(error).toBeInstanceOf(TerraformError);
    expect(error.message).toBe(
      'There is no folder no/such/folder. Synthesize the Terraform first, or name another folder with --from.',
    );
  });

  test('is refused when it holds neither a manifest nor a module', () => {
    const directory = folder({ 'README.md': 'nothing' });
    expect(errorOf(() => readTerraform(directory)).message).toBe(
      `${directory} holds neither manifest.json (as cdktf writes it) nor a *.tf.json file. Synthesize the Terraform first, or name another folder with --from.`,
    );
  });

  test('is refused with line and column when its JSON is broken', () => {
    const directory = folder({ 'main.tf.json': '{\n  "resource": {\n    "aws_sqs_queue": }\n}\n' });
    const error = errorOf(() => readTerraform(directory));
    expect(error).toMatchObject({ file: `${directory}/main.tf.json`, line: 3, column: 22 });
    expect(error.message).toBe(
      `${directory}/main.tf.json:3:22 is not valid JSON: unexpected "}". Synthesize it again; do not edit it by hand.`,
    );
  });

  test.each([
    ['{\n  "resource": {', 2, 16],
    ['{"a": 1,}', 1, 9],
    ['{"a": [1 2]}', 1, 10],
    ['{"a" 1}', 1, 6],
    ['{"a": "b\n"}', 1, 7],
    ['{} {}', 1, 4],
    ['{"a": [{"b": tru}]}', 1, 14],
    ['{1: 2}', 1, 2],
  ])('is refused where %j stops being JSON', (text, line, column) => {
    const directory = folder({ 'main.tf.json': text });
    expect(errorOf(() => readTerraform(directory))).toMatchObject({ line, column });
  });

  test.each([
    ['a list', '[]', 'must hold a JSON object, not a list.'],
    [
      'modules',
      '{"module": {}}',
      'the top-level block "module" is not supported. Supported are terraform, provider, variable, locals, output, resource, data.',
    ],
    [
      'a resource that is no object',
      '{"resource": {"aws_sqs_queue": "alarms"}}',
      'resource.aws_sqs_queue must be an object, not a string.',
    ],
    ['an output without value', '{"output": {"url": {}}}', 'output.url has no value.'],
  ])('is refused when the file holds %s', (_what, text, reason) => {
    const directory = folder({ 'main.tf.json': text });
    expect(errorOf(() => readTerraform(directory)).message).toContain(reason);
  });

  test.each([
    [
      'a provisioner',
      { provisioner: {} },
      'aws_sqs_queue.alarms uses "provisioner", which is not supported. Provisioners run commands on machines; nothing here does.',
    ],
    [
      'a dynamic block',
      { a: [{ dynamic: { b: { for_each: [1], content: {} } } }] },
      'aws_sqs_queue.alarms uses "dynamic", which is not supported. Write the blocks out: the program that generates the JSON can loop.',
    ],
    [
      'count beside for_each',
      { count: 1, for_each: {} },
      'aws_sqs_queue.alarms uses both "count" and "for_each". Terraform allows one of them.',
    ],
    [
      'depends_on that is no list',
      { depends_on: 'x' },
      'aws_sqs_queue.alarms.depends_on must be a list of references, as "aws_iam_role.reader".',
    ],
  ])('is refused when a resource has %s', (_what, body, message) => {
    const directory = folder({ 'main.tf.json': { resource: { aws_sqs_queue: { alarms: body } } } });
    expect(errorOf(() => readTerraform(directory))).toMatchObject({ message, address: 'aws_sqs_queue.alarms' });
  });

  test('accepts a map with a key called dynamic', () => {
    const directory = folder({
      'main.tf.json': { resource: { aws_sqs_queue: { alarms: { tags: { dynamic: 'yes' } } } } },
    });
    expect(readTerraform(directory).stacks[0]?.resources[0]?.arguments).toEqual({ tags: { dynamic: 'yes' } });
  });
});

describe('a manifest', () => {
  test.each([
    ['no stacks', {}, 'has no object "stacks", but nothing. Synthesize it again with cdktf.'],
    ['an empty list of stacks', { stacks: {} }, 'lists no stack: the cdktf application has none.'],
    [
      'a working directory outside',
      { stacks: { api: stack('api', { workingDirectory: '../elsewhere' }) } },
      '"workingDirectory" of stack api leads out of the folder: "../elsewhere".',
    ],
    [
      'an absolute path',
      { stacks: { api: stack('api', { synthesizedStackPath: '/etc/passwd' }) } },
      '"synthesizedStackPath" of stack api leads out of the folder: "/etc/passwd".',
    ],
    [
      'a dependency that is no stack',
      { stacks: { api: stack('api', { dependencies: ['dat'] }), data: stack('data') } },
      'stack api depends on dat, which does not exist; did you mean data?',
    ],
    [
      'a circle',
      { stacks: { a: stack('a', { dependencies: ['b'] }), b: stack('b', { dependencies: ['a'] }) } },
      'stacks depend on each other in a circle: a -> b -> a.',
    ],
  ])('with %s is refused', (_what, manifest, reason) => {
    const directory = folder({ 'manifest.json': manifest });
    const { message } = errorOf(() => readTerraform(directory));
    expect(message).toContain(`${directory}/manifest.json`);
    expect(message).toContain(reason);
  });

  test('whose stack is missing says so', () => {
    const directory = folder({ 'manifest.json': { stacks: { api: stack('api') } } });
    expect(errorOf(() => readTerraform(directory)).message).toBe(
      `${directory}/stacks/api/cdk.tf.json cannot be read: it does not exist. Synthesize the Terraform first.`,
    );
  });
});

describe('an asset', () => {
  const alarm = readTerraform(join(fixtures, 'greenhouse')).stacks[1]?.resources.find(({ name }) => name === 'alarm');
  const resource = { address: 'api.aws_lambda_function.alarm', directory: alarm?.directory ?? '', file: 'cdk.tf.json' };

  test('is found in the working directory of its stack', () => {
    expect(resolveAsset(resource, 'assets/alarm/0A1B2C/archive.zip')).toBe(
      join(fixtures, 'greenhouse/stacks/api/assets/alarm/0A1B2C/archive.zip'),
    );
  });

  test.each(['../data/cdk.tf.json', '/etc/passwd', 'assets/../../data/cdk.tf.json', 'a\0b'])('cannot be %j', (path) => {
    expect(errorOf(() => resolveAsset(resource, path)).message).toBe(
      `api.aws_lambda_function.alarm names the file "${path}", which lies outside of its stack's folder ${resource.directory}. Make it an asset of the stack (TerraformAsset), so that it is copied into that folder.`,
    );
  });

  test('cannot be reached through a link that leads out', () => {
    const directory = folder({ 'stack/cdk.tf.json': {}, 'secret.txt': 'secret' });
    symlinkSync(directory, join(directory, 'stack/link'));
    const { message } = errorOf(() =>
      resolveAsset({ ...resource, directory: join(directory, 'stack') }, 'link/secret.txt'),
    );
    expect(message).toContain('names the file "link/secret.txt", which lies outside');
  });

  test('that is missing is refused', () => {
    expect(errorOf(() => resolveAsset(resource, 'assets/none.zip'))).toMatchObject({
      address: 'api.aws_lambda_function.alarm',
      message: `api.aws_lambda_function.alarm names the file "assets/none.zip", which does not exist in ${resource.directory}. Synthesize the Terraform again.`,
    });
  });
});
