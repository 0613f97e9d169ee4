// Warns the keeper of the greenhouse by mail. Answers the id of the mail.
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

const ses = new SESv2Client({});
const ssm = new SSMClient({});

export async function handler({ sensor, celsius }) {
  console.log('A warning for', sensor);
  console.debug('left out, since it is below INFO');
  if (celsius > 1_000) throw new RangeError(`No greenhouse has ${celsius} °C`);
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: process.env.KEEPER, WithDecryption: true }));
  const { MessageId } = await ses.send(
    new SendEmailCommand({
      FromEmailAddress: process.env.SENDER,
      Destination: { ToAddresses: [Parameter.Value] },
      EmailTags: [{ Name: 'sensor', Value: sensor }],
      Content: {
        Template: {
          TemplateName: process.env.TEMPLATE,
          TemplateData: JSON.stringify({ sensor, celsius }),
          Headers: [{ Name: 'List-Unsubscribe', Value: '<https://greenhouse.example/unsubscribe>' }],
        },
      },
    }),
  );
  console.log(JSON.stringify({ level: 'INFO', mail: MessageId, traceId: process.env._X_AMZN_TRACE_ID }));
  return MessageId;
}
