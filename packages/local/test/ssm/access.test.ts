import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { parameter, startSsm } from './support.ts';

const arn = (name: string): string => `arn:aws:ssm:ap-northeast-1:123456789012:parameter/${name}`;
const key = 'arn:aws:kms:ap-northeast-1:123456789012:key/k';

it('each parameter is asked for by its ARN and tags, and its own key when it is to be opened', async () => {
  const { ssm, client, port } = await startSsm();
  ssm.provision(parameter({ name: 'open', tags: { Team: 'web' } }));
  ssm.provision(parameter({ name: 'sealed', type: 'SecureString', keyArn: key }));
  ssm.provision(parameter({ name: 'default', type: 'SecureString' }));
  await client.send(new GetParameterCommand({ Name: 'open' }));
  await client.send(new GetParameterCommand({ Name: 'sealed' }));
  await client.send(new GetParametersCommand({ Names: ['default', 'sealed', 'none'], WithDecryption: true }));
  await client.send(new PutParameterCommand({ Name: 'sealed', Value: 'x', Overwrite: true }));
  await client.send(new DescribeParametersCommand({}));
  const decrypting = {
    'kms:EncryptionContext:PARAMETER_ARN': arn('sealed'),
    'kms:ViaService': 'ssm.ap-northeast-1.amazonaws.com',
  };
  expect(port.judged.map(({ action, resource, context }) => [action, resource, context])).toEqual([
    ['ssm:GetParameter', arn('open'), { 'aws:ResourceTag/Team': 'web' }],
    ['ssm:GetParameter', arn('sealed'), {}],
    ['ssm:GetParameters', arn('default'), {}],
    ['ssm:GetParameters', arn('sealed'), {}],
    ['kms:Decrypt', key, decrypting],
    ['ssm:GetParameters', arn('none'), {}],
    ['ssm:PutParameter', arn('sealed'), { 'ssm:Overwrite': 'true' }],
    ['kms:Encrypt', key, decrypting],
    ['ssm:DescribeParameters', '*', undefined],
  ]);
});
