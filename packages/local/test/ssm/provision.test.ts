import { DatabaseSync } from 'node:sqlite';
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { resourceSet } from '../../src/definitions/resourceSet.ts';
import { parameterDefinitions } from '../../src/definitions/ssm.ts';
import type { JsonObject } from '../../src/json.ts';
import { parameter, startSsm } from './support.ts';

const get = async ({ client }: Awaited<ReturnType<typeof startSsm>>) => {
  const { Parameter } = await client.send(new GetParameterCommand({ Name: '/app/limit' }));
  return [Parameter?.Value, Parameter?.Version];
};

const put = ({ client }: Awaited<ReturnType<typeof startSsm>>, Value: string) =>
  client.send(new PutParameterCommand({ Name: '/app/limit', Value, Overwrite: true }));

describe('a parameter of the Terraform', () => {
  it('has its value first, and again after somebody put another, as an apply sets it back', async () => {
    const system = await startSsm();
    system.ssm.provision(parameter());
    system.ssm.provision(parameter());
    expect(await get(system)).toEqual(['10', 1]);
    await put(system, '20');
    expect(await get(system)).toEqual(['20', 2]);
    system.ssm.provision(parameter());
    expect(await get(system)).toEqual(['10', 3]);
  });

  it('keeps what somebody put, over a restart and a change of the Terraform, when that ignores changes of the value', async () => {
    const database = new DatabaseSync(':memory:');
    const before = await startSsm({ database });
    before.ssm.provision(parameter({ keepsChanges: true }));
    await put(before, '20');
    const after = await startSsm({ database });
    after.ssm.provision(parameter({ keepsChanges: true, value: '30', description: 'changed' }));
    expect(await get(after)).toEqual(['20', 2]);
  });
});

const declared = (args: JsonObject, lifecycle?: JsonObject) =>
  parameterDefinitions(
    resourceSet([
      {
        type: 'aws_ssm_parameter',
        name: 'p',
        address: 'app.aws_ssm_parameter.p',
        args: { name: '/app/p', type: 'String', value: 'x', ...args },
        attributes: {},
        meta: { dependsOn: [], ...(lifecycle && { lifecycle }) },
      } as never,
    ]),
  )[0];

describe('reading the Terraform', () => {
  it.each<[JsonObject | undefined, boolean]>([
    [undefined, false],
    [{ ignore_changes: ['tags'] }, false],
    [{ ignore_changes: ['value'] }, true],
    [{ ignore_changes: ['tags', 'value'], prevent_destroy: true }, true],
    [{ ignore_changes: 'all' }, true],
  ])('lifecycle %j keeps changes: %s', (lifecycle, keeps) => {
    expect(declared({}, lifecycle)?.keepsChanges).toBe(keeps);
  });

  it('takes a value that is not kept in the state, and the key of a SecureString', () => {
    const key = 'arn:aws:kms:us-east-1:123456789012:key/1234';
    expect(declared({ value: null, value_wo: 'y', value_wo_version: 1 })?.value).toBe('y');
    expect(declared({ type: 'SecureString', key_id: key })?.keyArn).toBe(key);
    expect(declared({ type: 'SecureString', key_id: 'alias/aws/ssm' })?.keyArn).toBeNull();
  });

  it.each<[string, JsonObject, string]>([
    ['no value', { value: null }, 'must have exactly one of value, insecure_value, value_wo'],
    ['two values', { value_wo: 'y' }, 'must have exactly one of'],
    [
      'an open value of a secret',
      { type: 'SecureString', value: null, insecure_value: 'x' },
      'is not for a SecureString',
    ],
    ['a name of AWS', { name: '/aws/x' }, `.name can't be prefixed with "aws" or "ssm"`],
    ['a type that is none', { type: 'Number' }, '.type must be one of String, StringList, SecureString, not "Number"'],
    ['a long value', { value: 'x'.repeat(4_097) }, 'a value of the tier Standard has up to 4096 characters'],
    ['a pattern', { allowed_pattern: '.*' }, 'allowed_pattern is not emulated'],
    ['an image', { data_type: 'aws:ec2:image' }, 'data_type "aws:ec2:image" is not emulated'],
    ['an alias of a key', { type: 'SecureString', key_id: 'alias/mine' }, '.key_id must be the ARN of a key here'],
  ])('%s stops the start and names the resource', (_, args, message) => {
    expect(() => declared(args)).toThrow('app.aws_ssm_parameter.p');
    expect(() => declared(args)).toThrow(message);
  });
});
