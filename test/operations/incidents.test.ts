import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, describe, expect, it } from 'vitest';
import { isLocal } from '../support/aws.ts';
import { target } from '../support/target.ts';

const { region, awsEndpoint: endpoint, accessKeyId, secretAccessKey } = target;
const settings = { region, endpoint, credentials: { accessKeyId, secretAccessKey } };
const Name = '/hiroba-dev/incidents/channel';

/** An alarm as SNS hands it to a function. */
const alarm = (name: string) => ({
  Records: [
    {
      Sns: {
        MessageId: name,
        TopicArn: `arn:aws:sns:${region}:123456789012:hiroba-dev-pages`,
        Subject: 'ALARM',
        Message: JSON.stringify({
          AlarmName: name,
          NewStateValue: 'ALARM',
          OldStateValue: 'OK',
          NewStateReason: 'Threshold crossed',
          StateChangeTime: '2026-11-26T10:00:00.000+0000',
        }),
      },
    },
  ],
});

// On AWS it would tell people.
describe.runIf(isLocal)('an alarm', () => {
  const ssm = new SSMClient(settings);
  const lambda = new LambdaClient(settings);
  afterAll(() => ssm.send(new DeleteParameterCommand({ Name })).catch(() => undefined));

  async function raise(name: string): Promise<string> {
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({ FunctionName: 'hiroba-dev-incidents', Payload: JSON.stringify(alarm(name)) }),
    );
    expect(FunctionError).toBe('Unhandled');
    return (JSON.parse(Buffer.from(Payload ?? []).toString()) as { errorMessage: string }).errorMessage;
  }

  it('is not lost in silence while nobody has said whom to tell', async () => {
    expect(await raise('first')).toContain('/hiroba-dev/incidents/channel');
  });

  it('goes to the channel that the parameter names, and fails where that is not reached', async () => {
    const Value = JSON.stringify({ kind: 'slack', url: 'https://hooks.slack.com/services/T0/B0/secret' });
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite: true }));

    const message = await raise('second');

    expect(message).toContain('hooks.slack.com');
    expect(message).not.toContain('secret');
  });
});
