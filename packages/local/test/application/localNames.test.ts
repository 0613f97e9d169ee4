import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalSystem } from '../../src/index.ts';
import type { Greenhouse } from './greenhouse.ts';
import { startGreenhouse } from './start.ts';

const SITE = 'https://${aws_cloudfront_distribution.site.domain_name}';

/** A site, and a parameter and a function that are told where it is. */
const withSite =
  (...further: readonly string[]) =>
  (terraform: Greenhouse): void => {
    const resource: Record<string, object> = terraform.resource;
    const distribution = (aliases: readonly string[]) => ({
      enabled: true,
      aliases,
      origin: [{ origin_id: 'elsewhere', domain_name: 'elsewhere.example' }],
      default_cache_behavior: { target_origin_id: 'elsewhere', allowed_methods: ['GET', 'HEAD'] },
    });
    resource.aws_cloudfront_distribution = {
      site: distribution(['greenhouse.example']),
      ...Object.fromEntries(further.map((name) => [name, distribution([])])),
    };
    const parameter = (name: string, value: string, type = 'String') => ({ name: `/greenhouse/${name}`, type, value });
    Object.assign(terraform.resource.aws_ssm_parameter, {
      site: parameter('site', `${SITE}/plants?sort=name`),
      alias: parameter('alias', 'https://greenhouse.example'),
      longer: parameter('longer', 'https://greenhouse.example.net and http://greenhouse.example'),
      secret: parameter('secret', 'https://greenhouse.example', 'SecureString'),
    });
    const { variables } = terraform.resource.aws_lambda_function.averages.environment;
    Object.assign(variables, { SITE });
  };

function clientsOf({ endpoints, credentials }: LocalSystem) {
  const settings = { endpoint: endpoints.aws, region: 'eu-central-1', credentials };
  return { ssm: new SSMClient(settings), lambda: new LambdaClient(settings) };
}

async function parameterOf(system: LocalSystem, name: string): Promise<string | undefined> {
  const { ssm } = clientsOf(system);
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `/greenhouse/${name}`, WithDecryption: true }));
  return Parameter?.Value;
}

test('a parameter that says where the CDN is says where it is here', async () => {
  const { system } = await startGreenhouse(withSite());

  expect(await parameterOf(system, 'site')).toBe(`${system.url}/plants?sort=name`);
  expect(await parameterOf(system, 'alias')).toBe(system.url);
});

test('other names, and what is secret, stay as they are', async () => {
  const { system } = await startGreenhouse(withSite());

  expect(await parameterOf(system, 'longer')).toBe('https://greenhouse.example.net and http://greenhouse.example');
  expect(await parameterOf(system, 'secret')).toBe('https://greenhouse.example');
});

test('a parameter that was written by hand is treated alike', async () => {
  const { system } = await startGreenhouse(withSite());
  const { ssm } = clientsOf(system);

  await ssm.send(
    new PutParameterCommand({ Name: '/greenhouse/site', Value: 'https://greenhouse.example/', Overwrite: true }),
  );

  expect(await parameterOf(system, 'site')).toBe(`${system.url}/`);
});

test('several distributions are told apart by name', async () => {
  const { system } = await startGreenhouse(withSite('shop'));

  const site = new URL((await parameterOf(system, 'site')) ?? '');
  expect(site.hostname).toMatch(/^d[0-9a-z]+\.cloudfront\.localhost$/);
  expect(site.port).toBe(new URL(system.url).port);
});

test("a function's environment says where the CDN is here", async () => {
  const { system, folder } = await startGreenhouse(withSite());
  const code = 'export const handler = async () => process.env.SITE;';
  writeFileSync(join(folder, 'averages.zip'), zipSync({ 'index.mjs': Buffer.from(code) }));
  await system.reload();

  const { lambda } = clientsOf(system);
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'greenhouse-averages' }));

  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toBe(system.url);
});
