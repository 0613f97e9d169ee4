import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LocalSystem } from '../../src/index.ts';
import { control } from './control.ts';
import { startGreenhouse, temporaryFolder } from './start.ts';

const WARN = 'mutation { warn(sensor: "north", celsius: 41.5) }';

describe('a mutation whose function writes a mail', () => {
  test('has the mail in the outbox, made from the template in the Terraform', async () => {
    const { system, send } = await startGreenhouse();
    const { data } = await send(WARN);
    const [mail, ...others] = system.messages('keeper@example.net');
    expect(others).toEqual([]);
    expect(data).toEqual({ warn: mail?.mail?.messageId });
    expect(mail).toMatchObject({
      subject: 'It is 41.5 °C at north',
      body: 'The sensor north says 41.5 °C.\nOpen the roof.',
      source: 'ses/greenhouse.example',
      mail: {
        html: '<p>The sensor <b>north</b> says 41.5 °C.</p>',
        configurationSet: 'greenhouse-warnings',
        tags: { sensor: 'north' },
      },
    });
    expect(mail?.mail?.headers).toContainEqual({ name: 'From', value: 'Greenhouse <alarm@greenhouse.example>' });
    expect(await control(system, 'messages', { To: 'keeper@example.net' })).toEqual({
      Messages: [{ ...mail, mail: expect.objectContaining({ messageId: mail?.mail?.messageId }) as unknown }],
    });
  });

  test.each([
    ['the identity', '${aws_sesv2_email_identity.greenhouse.arn}', 'identity/greenhouse.example'],
    ['the configuration set', '${aws_sesv2_configuration_set.warnings.arn}', 'configuration-set/greenhouse-warnings'],
    ['the template', '${aws_ses_template.heat.arn}', 'template/greenhouse-heat'],
  ])('fails without the permission for %s, and says where it is missing', async (_, granted, resource) => {
    const { system, send } = await startGreenhouse(({ resource: { aws_iam_role_policy: policies } }) => {
      policies.warnings.policy = policies.warnings.policy.replace(
        granted,
        'arn:aws:ses:eu-central-1:123456789012:identity/other',
      );
    });
    const { errors } = await send(WARN);
    expect(errors?.[0]?.message).toContain(
      `not authorized to perform: ses:SendEmail on resource: arn:aws:ses:eu-central-1:123456789012:${resource}`,
    );
    expect(errors?.[0]?.message).toContain('aws_iam_role.warnings');
    expect(system.messages()).toEqual([]);
  });

  test('keeps the mail over a restart', async () => {
    const dataDirectory = await temporaryFolder('greenhouse-data-');
    const first = await startGreenhouse(undefined, { dataDirectory });
    await first.send(WARN);
    const before = first.system.messages();
    await first.stop();
    const second = await startGreenhouse(undefined, { dataDirectory });
    expect(before).toHaveLength(1);
    expect(second.system.messages()).toEqual(before);
  });
});

describe('a parameter that a function reads', () => {
  const put = async (system: LocalSystem, Value: string): Promise<void> => {
    const { endpoints, credentials } = system;
    const ssm = new SSMClient({ endpoint: endpoints.aws, region: 'eu-central-1', credentials });
    await ssm.send(new PutParameterCommand({ Name: '/greenhouse/keeper', Value, Overwrite: true }));
    ssm.destroy();
  };

  test('may be changed by hand, and stays changed when the Terraform says so', async () => {
    const dataDirectory = await temporaryFolder('greenhouse-data-');
    const first = await startGreenhouse(undefined, { dataDirectory });
    await put(first.system, 'gardener@example.net');
    await first.stop();
    const { system, send } = await startGreenhouse(undefined, { dataDirectory });
    await send(WARN);
    expect(system.messages().map(({ to }) => to)).toEqual(['gardener@example.net']);
    for (const name of ['local.db', 'local.db-wal']) {
      // What a mail says is kept as it is; the secret parameter is not.
      expect(readFileSync(join(dataDirectory, name)).includes('keeper@example.net')).toBe(false);
    }
  });

  test('is refused without the permission, which is named', async () => {
    const { send } = await startGreenhouse(({ resource: { aws_iam_role_policy: policies } }) => {
      policies.warnings.policy = policies.warnings.policy.replace('ssm:GetParameter', 'ssm:GetParameters');
    });
    const { errors } = await send(WARN);
    expect(errors?.[0]?.message).toContain(
      'not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-central-1:123456789012:parameter/greenhouse/keeper',
    );
  });
});

test('the sending rate is an option of the start', async () => {
  const { system } = await startGreenhouse(undefined, { mail: { maxSendRate: 2 } });
  const ses = new SESv2Client({
    endpoint: system.endpoints.aws,
    region: 'eu-central-1',
    credentials: system.credentials,
    maxAttempts: 1,
  });
  onTestFinished(() => ses.destroy());
  const send = () =>
    ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'alarm@greenhouse.example',
        Destination: { ToAddresses: ['a@example.net', 'b@example.net', 'c@example.net', 'd@example.net'] },
        Content: { Simple: { Subject: { Data: 'x' }, Body: { Text: { Data: 'x' } } } },
      }),
    );
  await send();
  await expect(send()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
});

describe('a mistake in the Terraform', () => {
  test('a template that SES could not fill in stops the start and names the part of it', async () => {
    await expect(
      startGreenhouse(({ resource }) => {
        resource.aws_ses_template.heat.text = 'Hello {{#if name}}';
      }),
    ).rejects.toThrow('aws_ses_template.heat.text: {{#if name}} is not closed by {{/if}}.');
  });

  test('an identity with a configuration set that is not there stops the start', async () => {
    await expect(
      startGreenhouse(({ resource }) => {
        resource.aws_sesv2_email_identity.greenhouse.configuration_set_name = 'none';
      }),
    ).rejects.toThrow(
      'aws_sesv2_email_identity.greenhouse.configuration_set_name needs an aws_sesv2_configuration_set',
    );
  });

  test('a reason for suppression that SES does not have stops the start', async () => {
    await expect(
      startGreenhouse(({ resource }) => {
        resource.aws_sesv2_account_suppression_attributes.account.suppressed_reasons = ['SPAM'];
      }),
    ).rejects.toThrow(
      'aws_sesv2_account_suppression_attributes.account: suppressed_reasons may have BOUNCE and COMPLAINT, not "SPAM".',
    );
  });
});
