import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
} from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { parameter, startSsm } from './support.ts';

describe('a parameter', () => {
  it('is put, read by name, by version and by ARN, and overwritten only when told', async () => {
    const { client, clock } = await startSsm();
    const put = (Value: string, changes: Partial<PutParameterCommandInput> = {}) =>
      client.send(new PutParameterCommand({ Name: '/app/limit', Value, Type: 'String', ...changes }));
    const get = async (Name: string) => (await client.send(new GetParameterCommand({ Name }))).Parameter;
    expect(await put('10')).toMatchObject({ Version: 1, Tier: 'Standard' });
    await expect(put('11')).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    clock.advance(1_000);
    expect(await put('12', { Overwrite: true, Type: undefined })).toMatchObject({ Version: 2 });
    const expected = {
      Name: '/app/limit',
      Type: 'String',
      Value: '12',
      Version: 2,
      LastModifiedDate: new Date('2026-03-01T09:00:01Z'),
      ARN: 'arn:aws:ssm:ap-northeast-1:123456789012:parameter/app/limit',
      DataType: 'text',
    };
    expect(await get('/app/limit')).toEqual(expected);
    expect(await get('/app/limit:2')).toEqual({ ...expected, Selector: ':2' });
    expect(await get(expected.ARN)).toEqual(expected);
    await expect(get('/app/limit:1')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
    await expect(get('/app/other')).rejects.toMatchObject({
      name: 'ParameterNotFound',
      message: 'Parameter /app/other not found.',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('without a hierarchy has its slash in the ARN all the same', async () => {
    const { ssm, client } = await startSsm();
    ssm.provision(parameter({ name: 'limit' }));
    const { Parameter } = await client.send(new GetParameterCommand({ Name: 'limit' }));
    expect(Parameter?.ARN).toBe('arn:aws:ssm:ap-northeast-1:123456789012:parameter/limit');
  });

  it('is read with others, and those that are missing are named', async () => {
    const { ssm, client } = await startSsm();
    ssm.provision(parameter({ name: 'a', value: '1' }));
    ssm.provision(parameter({ name: 'b', value: '2,3', type: 'StringList' }));
    const answer = await client.send(new GetParametersCommand({ Names: ['b', 'none', 'a', 'a:7'] }));
    expect(answer.Parameters?.map(({ Name, Value }) => [Name, Value])).toEqual([
      ['b', '2,3'],
      ['a', '1'],
    ]);
    expect(answer.InvalidParameters).toEqual(['none', 'a:7']);
    await expect(
      client.send(new GetParametersCommand({ Names: Array.from({ length: 11 }, (_, index) => `p${index}`) })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('is described without its value, in pages and by filters', async () => {
    const { ssm, client } = await startSsm();
    ssm.provision(parameter({ name: '/a/x', description: 'the first' }));
    ssm.provision(parameter({ name: '/a/y', type: 'SecureString', value: 'secret' }));
    ssm.provision(parameter({ name: '/b/z' }));
    const describeThem = async (input: ConstructorParameters<typeof DescribeParametersCommand>[0]) => {
      const answer = await client.send(new DescribeParametersCommand(input ?? {}));
      return { names: answer.Parameters?.map(({ Name }) => Name), token: answer.NextToken };
    };
    const first = await describeThem({ MaxResults: 2 });
    expect(first.names).toEqual(['/a/x', '/a/y']);
    expect(await describeThem({ MaxResults: 2, NextToken: first.token })).toEqual({
      names: ['/b/z'],
      token: undefined,
    });
    const filtered = await describeThem({
      ParameterFilters: [
        { Key: 'Name', Option: 'BeginsWith', Values: ['/a/'] },
        { Key: 'Type', Values: ['SecureString'] },
      ],
    });
    expect(filtered.names).toEqual(['/a/y']);
    const { Parameters } = await client.send(new DescribeParametersCommand({}));
    expect(Parameters?.[0]).toMatchObject({ Name: '/a/x', Description: 'the first', Version: 1, Tier: 'Standard' });
    expect(Parameters?.[1]?.KeyId).toBe('alias/aws/ssm');
    expect(JSON.stringify(Parameters)).not.toContain('secret');
    await expect(
      client.send(new DescribeParametersCommand({ ParameterFilters: [{ Key: 'tag:x', Values: ['y'] }] })),
    ).rejects.toMatchObject({ name: 'NotEmulated' });
  });
});

describe('what cannot be put', () => {
  it.each<[string, Partial<PutParameterCommandInput>, string, string]>([
    [
      'no type',
      { Type: undefined },
      'ValidationException',
      'A parameter type is required when you create a parameter.',
    ],
    ['a type that is none', { Type: 'Number' as never }, 'UnsupportedParameterType', "type Number isn't supported"],
    ['a name with a blank', { Name: '/a b' }, 'ValidationException', 'Parameter name: '],
    ['a name of AWS', { Name: '/aws/x' }, 'ValidationException', `can't be prefixed with "aws" or "ssm"`],
    ['a hierarchy without its slash', { Name: 'a/b' }, 'ValidationException', 'must be a fully qualified name'],
    ['16 levels', { Name: '/a'.repeat(16) }, 'ValidationException', 'no more than 15 levels'],
    ['a long value', { Value: 'x'.repeat(4_097) }, 'ValidationException', 'has up to 4096 characters'],
    ['no value', { Value: '' }, 'ValidationException', 'Value must be a string that is not empty'],
    ['a tier that is none', { Tier: 'Gold' as never }, 'ValidationException', 'Tier must be one of'],
    ['a policy', { Policies: '[]' }, 'NotEmulated', 'ssm: Policies is not emulated'],
    ['a pattern', { AllowedPattern: '.*' }, 'NotEmulated', 'ssm: AllowedPattern is not emulated'],
  ])('%s', async (_, changes, name, message) => {
    const { client } = await startSsm();
    const input = { Name: '/app/limit', Value: '10', Type: 'String' as const, ...changes };
    await expect(client.send(new PutParameterCommand(input))).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message) as string,
    });
  });

  it('another type over an existing one', async () => {
    const { ssm, client } = await startSsm();
    ssm.provision(parameter());
    await expect(
      client.send(new PutParameterCommand({ Name: '/app/limit', Value: 'x', Type: 'SecureString', Overwrite: true })),
    ).rejects.toMatchObject({ name: 'HierarchyTypeMismatchException' });
  });

  it('a smaller tier than before; a long value makes an intelligent one advanced', async () => {
    const { client } = await startSsm();
    const put = (Tier: 'Standard' | 'Advanced' | 'Intelligent-Tiering', Value: string, Name = '/app/limit') =>
      client.send(new PutParameterCommand({ Name, Value, Type: 'String', Tier, Overwrite: true }));
    expect((await put('Intelligent-Tiering', 'x'.repeat(4_097), '/app/long')).Tier).toBe('Advanced');
    await put('Advanced', 'x'.repeat(8_192));
    await expect(put('Standard', 'x')).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
