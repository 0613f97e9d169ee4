import { join } from 'node:path';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { Greenhouse } from '../application/greenhouse.ts';
import { startGreenhouse } from '../application/start.ts';

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:layer:pictures:3';
const PROJECT = join(import.meta.dirname, '../../../..');

const withLayer = ({ resource }: Greenhouse): void => {
  Object.assign(resource.aws_lambda_function.watering, { layers: [ARN] });
};

test('a function has the layers of the Terraform, for which installed packages stand', async () => {
  const layers = [{ arn: 'arn:aws:lambda:*:layer:pictures:*', packages: ['sharp'] }];
  const { system } = await startGreenhouse(withLayer, { layers, layersFrom: PROJECT });
  const { endpoints, credentials } = system;
  const client = new LambdaClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials });
  const command = new GetFunctionConfigurationCommand({ FunctionName: 'greenhouse-watering' });
  expect((await client.send(command)).Layers).toEqual([{ Arn: ARN }]);
});

test.each([
  [
    'that nobody explains',
    [],
    `aws_lambda_function.watering.layers: the Terraform has the ARN ${ARN} and not what is in it.`,
  ],
  [
    'that is not the one explained',
    [{ arn: '*:layer:sounds:*', packages: ['sharp'] }],
    'Say which installed packages stand for it: --layer "arn:aws:lambda:eu-central-1:123456789012:layer:pictures:*=PACKAGE,PACKAGE".',
  ],
  [
    'whose package is not installed',
    [{ arn: '*', packages: ['not-installed-here'] }],
    'aws_lambda_function.watering: the package not-installed-here, which stands for one of its layers, is not installed',
  ],
])('a layer %s stops the start', async (_what, layers, message) => {
  await expect(startGreenhouse(withLayer, { layers, layersFrom: PROJECT })).rejects.toThrow(message);
});
