import type { Account } from '../../aws/account.ts';
import { AwsError } from '../../aws/error.ts';
import { domainOf, type Mailbox } from './addresses.ts';
import { notFound } from './input.ts';
import type { ConfigurationSet, EmailIdentity, EmailTemplate, SesDefinition, SuppressionReason } from './model.ts';
import { parseTemplate, type TemplateNode } from './template/index.ts';

/** A stored template, parsed. */
export interface PreparedTemplate extends EmailTemplate {
  readonly nodes: {
    readonly subject: readonly TemplateNode[];
    readonly text: readonly TemplateNode[] | null;
    readonly html: readonly TemplateNode[] | null;
  };
}

/** What the Terraform declares, looked up by what requests name. */
export interface Registry {
  readonly suppressedReasons: readonly SuppressionReason[];
  /** The address itself, its domain, or a domain above that one; null: nobody may send as it. */
  identityOf(sender: Mailbox): EmailIdentity | null;
  /** Throws `NotFoundException`. */
  template(name: string): PreparedTemplate;
  /** Throws `NotFoundException`. */
  configurationSet(name: string): ConfigurationSet;
}

/** Throws `TemplateError` for a template that does not parse. */
export function createRegistry(definition: SesDefinition): Registry {
  const identities = new Map(definition.identities.map((identity) => [identity.name, identity]));
  const templates = new Map(definition.templates.map((template) => [template.name, prepare(template)]));
  const sets = new Map(definition.configurationSets.map((set) => [set.name, set]));
  return {
    suppressedReasons: definition.suppressedReasons,
    identityOf({ address }) {
      const names = [withLowerCaseDomain(address), withoutLabel(address), ...domainsAbove(domainOf(address))];
      return names.map((name) => identities.get(name)).find((identity) => identity !== undefined) ?? null;
    },
    template: (name) => templates.get(name) ?? raise(notFound(`Template ${name} does not exist.`)),
    configurationSet: (name) => sets.get(name) ?? raise(notFound(`Configuration set <${name}> does not exist.`)),
  };
}

function prepare(template: EmailTemplate): PreparedTemplate {
  const parsed = (text: string | null) => (text === null ? null : parseTemplate(text));
  return {
    ...template,
    nodes: { subject: parseTemplate(template.subject), text: parsed(template.text), html: parsed(template.html) },
  };
}

const withLowerCaseDomain = (address: string): string =>
  `${address.slice(0, address.lastIndexOf('@'))}@${domainOf(address)}`;

/** `hello+spring@example.com` may be used when `hello@example.com` may. */
const withoutLabel = (address: string): string => withLowerCaseDomain(address).replace(/\+[^@]*@/, '@');

/** `mail.example.com`, `example.com`, `com`: who has verified a domain may use those below it. */
function domainsAbove(domain: string): string[] {
  const labels = domain.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}

/** The identity that a mail is sent as, or SES's refusal. */
export function requireIdentity(registry: Registry, from: Mailbox, { region }: Account): EmailIdentity {
  const identity = registry.identityOf(from);
  if (identity !== null) return identity;
  throw new AwsError(
    'MessageRejected',
    `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${from.address}`,
  );
}

/** The set that the request names, else that of the identity. */
export function configurationSetOf(
  registry: Registry,
  identity: EmailIdentity | null,
  named: string | undefined,
): ConfigurationSet | null {
  const name = named ?? identity?.configurationSet ?? null;
  return name === null ? null : registry.configurationSet(name);
}

function raise(error: Error): never {
  throw error;
}
