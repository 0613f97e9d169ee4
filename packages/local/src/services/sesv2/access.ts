import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';
import type { Access } from '../../aws/service.ts';
import type { JsonObject } from '../../json.ts';
import { parseMailbox } from './addresses.ts';
import { readerOf } from './input.ts';
import { recipientsOf } from './mail.ts';
import { readDestination, senderOf } from './operations/sendEmail.ts';
import { readRawMessage } from './operations/raw.ts';
import { templateName } from './operations/templateContent.ts';
import type { Registry } from './registry.ts';

interface Surroundings {
  readonly account: Account;
  readonly registry: Registry;
}

type AccessOf = (input: JsonObject, surroundings: Surroundings) => readonly Access[];

/**
 * What each operation asks IAM. AWS's reference gives `SendEmail` and `SendBulkEmail`, its refusals name the older actions of
 * the same mail; where these differ, both are asked for, so that what may be sent here may be sent there.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html
 */
export const ACCESS: Readonly<Record<string, AccessOf>> = {
  SendEmail: sendEmailAccess,
  SendBulkEmail: sendBulkAccess,
  GetEmailTemplate: onTemplate('ses:GetEmailTemplate'),
  TestRenderEmailTemplate: onTemplate('ses:TestRenderEmailTemplate'),
  PutSuppressedDestination: onAll('ses:PutSuppressedDestination'),
  GetSuppressedDestination: onAll('ses:GetSuppressedDestination'),
  ListSuppressedDestinations: onAll('ses:ListSuppressedDestinations'),
  DeleteSuppressedDestination: onAll('ses:DeleteSuppressedDestination'),
  GetAccount: onAll('ses:GetAccount'),
};

function onAll(action: string): AccessOf {
  return () => [{ action, resource: '*', context: { 'ses:ApiVersion': '2' } }];
}

function onTemplate(action: string): AccessOf {
  return (input, { account }) => [
    {
      action,
      resource: arnOf(account, 'template', readerOf(input).text('TemplateName')),
      context: { 'ses:ApiVersion': '2' },
    },
  ];
}

/** Raw mail is judged as `ses:SendRawEmail` alone. */
function sendEmailAccess(input: JsonObject, surroundings: Surroundings): readonly Access[] {
  const raw = readRawMessage(input);
  const from = senderOf(input, raw);
  const content = readerOf(input).object('Content');
  const template = readerOf(content).optionalObject('Template');
  const actions = raw !== null ? ['ses:SendRawEmail'] : ['ses:SendEmail'];
  if (template !== undefined) actions.push('ses:SendTemplatedEmail');
  const recipients = recipientsOf(readDestination(readerOf(input).optionalObject('Destination') ?? {}, raw));
  const context = {
    'ses:ApiVersion': '2',
    'ses:FromAddress': from.address,
    ...(from.displayName !== '' && { 'ses:FromDisplayName': from.displayName }),
    'ses:Recipients': recipients.map(({ address }) => address),
  };
  const resources = sendingResources(input, { ...surroundings, template, from: from.address });
  return actions.flatMap((action) => resources.map((resource) => ({ action, resource, context })));
}

function sendBulkAccess(input: JsonObject, surroundings: Surroundings): readonly Access[] {
  const from = senderOf(input, null);
  const template = readerOf(readerOf(input).object('DefaultContent')).optionalObject('Template');
  const resources = sendingResources(input, { ...surroundings, template, from: from.address });
  const older = {
    'ses:ApiVersion': '2',
    'ses:FromAddress': from.address,
    ...(from.displayName !== '' && { 'ses:FromDisplayName': from.displayName }),
  };
  return resources.flatMap((resource) => [
    { action: 'ses:SendBulkEmail', resource, context: { 'ses:ApiVersion': '2' } },
    { action: 'ses:SendBulkTemplatedEmail', resource, context: older },
  ]);
}

interface Sending extends Surroundings {
  readonly from: string;
  readonly template: JsonObject | undefined;
}

/** The identity, the stored template, and the configuration set that applies, be it the identity's. */
function sendingResources(input: JsonObject, { account, registry, from, template }: Sending): readonly string[] {
  const identity = registry.identityOf(parseMailbox(from));
  const set = readerOf(input).optionalText('ConfigurationSetName') ?? identity?.configurationSet ?? null;
  const stored = template && templateName(template);
  return [
    identity?.arn ?? arnOf(account, 'identity', from),
    ...(stored === undefined ? [] : [arnOf(account, 'template', stored)]),
    ...(set === null ? [] : [arnOf(account, 'configuration-set', set)]),
  ];
}

function arnOf({ region, accountId }: Account, kind: string, name: string): string {
  if (/[\s*?]/.test(name)) throw new AwsError('BadRequestException', `"${name}" is no name of a ${kind}`);
  return `arn:aws:ses:${region}:${accountId}:${kind}/${name}`;
}
