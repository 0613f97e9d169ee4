import { Route53Record, type Route53Zone, SesTemplate, Sesv2ConfigurationSet, Sesv2EmailIdentity } from '../aws.ts';
import type { Statement } from '../iamPolicy.ts';
import { mailTemplates } from '../mails/templates.ts';
import type { Stack } from '../stacks/stack.ts';

/** What recipients see before the address. */
const SENDER_NAME = 'Hiroba';

/**
 * Who mail comes from. With a domain of its own its DNS proves it: the three keys that SES signs with, and the word to
 * receivers that unsigned mail in its name is not ours. Without one, SES sends the address a link that somebody follows.
 * https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
 */
export function mailSender(stack: Stack, zone: Route53Zone | undefined): void {
  const { identity: name } = stack.config.mail;
  const identity = new Sesv2EmailIdentity(stack, 'mail', { emailIdentity: name });
  if (!zone || name.includes('@')) return;
  const records = stack.group('records');
  for (const at of [0, 1, 2]) {
    const token = `\${${identity.fqn}.dkim_signing_attributes[0].tokens[${at}]}`;
    new Route53Record(records, `mail_key_${at + 1}`, {
      zoneId: zone.zoneId,
      name: `${token}._domainkey.${name}`,
      type: 'CNAME',
      ttl: 3600,
      records: [`${token}.dkim.amazonses.com`],
    });
  }
  new Route53Record(records, 'mail_policy', {
    zoneId: zone.zoneId,
    name: `_dmarc.${name}`,
    type: 'TXT',
    ttl: 3600,
    records: ['v=DMARC1; p=quarantine; adkim=r'],
  });
}

/**
 * The texts, and how they are sent: by TLS only, and not to whom mail bounced from or who complained. The list of these is
 * the account's; that it holds is said here, since stages may share an account and each may say it only once.
 * https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list-config-level.html
 */
export function mailTexts(stack: Stack): void {
  new Sesv2ConfigurationSet(stack, 'mail', {
    configurationSetName: configurationSetName(stack),
    deliveryOptions: { tlsPolicy: 'REQUIRE' },
    reputationOptions: { reputationMetricsEnabled: true },
    suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
  for (const [key, { subject, text, html }] of Object.entries(mailTemplates)) {
    new SesTemplate(stack.group('mail templates'), key, { name: stack.named(key), subject, text, html });
  }
}

/**
 * AWS's reference names the actions of bulk mail after the operation, its refusals after the older one.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html
 */
export function sendMails(stack: Stack): Statement {
  const named = (thing: string) => `arn:aws:ses:${stack.config.region}:${stack.accountId}:${thing}`;
  return {
    actions: ['ses:SendBulkEmail', 'ses:SendBulkTemplatedEmail'],
    resources: [
      named(`identity/${stack.config.mail.identity}`),
      named(`configuration-set/${configurationSetName(stack)}`),
      ...Object.keys(mailTemplates).map((key) => named(`template/${stack.named(key)}`)),
    ],
  };
}

export function mailEnvironment(stack: Stack): Record<string, string> {
  return {
    MAIL_SENDER: `${SENDER_NAME} <${stack.config.mail.sender}>`,
    MAIL_CONFIGURATION_SET: configurationSetName(stack),
    // The kind and the language follow: `hiroba-dev-welcome-en`.
    MAIL_TEMPLATES: stack.named(''),
    MAILS_PER_SECOND: String(stack.config.mail.perSecond),
  };
}

export function configurationSetName(stack: Stack): string {
  return stack.named('mail');
}
