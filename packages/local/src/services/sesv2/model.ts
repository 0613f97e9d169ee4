/** Email as the Terraform describes it, references resolved. */
export interface SesDefinition {
  readonly identities: readonly EmailIdentity[];
  readonly configurationSets: readonly ConfigurationSet[];
  readonly templates: readonly EmailTemplate[];
  /** Which entries of the account's suppression list keep mail back. */
  readonly suppressedReasons: readonly SuppressionReason[];
}

export const SUPPRESSION_REASONS = ['BOUNCE', 'COMPLAINT'] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

/** An address or a domain that mail may come from. Nobody is asked to verify it here. */
export interface EmailIdentity {
  /** In lower case: `example.com` or `hello@example.com`. */
  readonly name: string;
  readonly arn: string;
  readonly address: string;
  /** Used when a mail names none. */
  readonly configurationSet: string | null;
}

export interface ConfigurationSet {
  readonly name: string;
  readonly arn: string;
  readonly address: string;
  readonly sendingEnabled: boolean;
  /** Instead of the account's; null: the account's hold. */
  readonly suppressedReasons: readonly SuppressionReason[] | null;
}

export interface EmailTemplate {
  readonly name: string;
  readonly arn: string;
  readonly address: string;
  readonly subject: string;
  readonly text: string | null;
  readonly html: string | null;
}

export const NO_EMAIL: SesDefinition = {
  identities: [],
  configurationSets: [],
  templates: [],
  suppressedReasons: SUPPRESSION_REASONS,
};
