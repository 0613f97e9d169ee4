import type { JsonObject } from '../json.ts';
import { argumentsOf, ConfigurationError, type ResolvedResource } from '../resources/resourceType.ts';
import {
  type ConfigurationSet,
  type EmailIdentity,
  type EmailTemplate,
  parseTemplate,
  type SesDefinition,
  SUPPRESSION_REASONS,
  type SuppressionReason,
  TemplateError,
} from '../services/sesv2/index.ts';
import type { ResourceSet } from './resourceSet.ts';

export function sesDefinition(resources: ResourceSet): SesDefinition {
  return {
    identities: resources.ofType('aws_sesv2_email_identity').map((resource) => identity(resource, resources)),
    configurationSets: resources.ofType('aws_sesv2_configuration_set').map(configurationSet),
    templates: resources.ofType('aws_ses_template').map(template),
    suppressedReasons: accountReasons(resources.ofType('aws_sesv2_account_suppression_attributes')),
  };
}

function identity(resource: ResolvedResource, resources: ResourceSet): EmailIdentity {
  const read = argumentsOf(resource);
  const name = read.string('email_identity');
  const set = read.optionalString('configuration_set_name') ?? null;
  if (set !== null) {
    const from = `${resource.address}.configuration_set_name`;
    resources.find('aws_sesv2_configuration_set', 'configuration_set_name', set, from);
  }
  const at = name.lastIndexOf('@');
  return {
    // Domains are the same in either case, and mailboxes are not.
    name: name.slice(0, at + 1) + name.slice(at + 1).toLowerCase(),
    arn: String(resource.attributes['arn']),
    address: resource.address,
    configurationSet: set,
  };
}

function configurationSet(resource: ResolvedResource): ConfigurationSet {
  const read = argumentsOf(resource);
  const suppression = read.block('suppression_options');
  return {
    name: read.string('configuration_set_name'),
    arn: String(resource.attributes['arn']),
    address: resource.address,
    sendingEnabled: read.block('sending_options')?.['sending_enabled'] !== false,
    suppressedReasons: suppression === undefined ? null : reasonsOf(resource, suppression),
  };
}

/** Accounts of our days begin with both. https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html */
function accountReasons([first, second]: readonly ResolvedResource[]): readonly SuppressionReason[] {
  if (first === undefined) return SUPPRESSION_REASONS;
  if (second === undefined) return reasonsOf(first, first.args);
  throw new ConfigurationError(`${first.address} and ${second.address} set the same of the account: keep one of them.`);
}

function reasonsOf(resource: ResolvedResource, args: JsonObject): readonly SuppressionReason[] {
  return argumentsOf({ ...resource, args })
    .strings('suppressed_reasons')
    .map((text) => {
      const reason = SUPPRESSION_REASONS.find((known) => known === text);
      if (reason !== undefined) return reason;
      throw new ConfigurationError(
        `${resource.address}: suppressed_reasons may have ${SUPPRESSION_REASONS.join(' and ')}, not "${text}".`,
      );
    });
}

function template(resource: ResolvedResource): EmailTemplate {
  const read = argumentsOf(resource);
  for (const part of ['subject', 'text', 'html']) refuseUnreadable(resource, part, read.optionalString(part) ?? '');
  return {
    name: read.string('name'),
    arn: String(resource.attributes['arn']),
    address: resource.address,
    subject: read.optionalString('subject') ?? '',
    text: read.optionalString('text') ?? null,
    html: read.optionalString('html') ?? null,
  };
}

function refuseUnreadable(resource: ResolvedResource, part: string, text: string): void {
  try {
    parseTemplate(text);
  } catch (error) {
    if (error instanceof TemplateError) throw new ConfigurationError(`${resource.address}.${part}: ${error.message}.`);
    throw error;
  }
}
