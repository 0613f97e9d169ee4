/** The parts of a review, in the order in which they are shown. */
export const sections = ['schema', 'access', 'permissions', 'infrastructure', 'cost', 'availability', 'rules'] as const;
export type Section = (typeof sections)[number];

/**
 * `blocking`: may not be merged as it is. `dangerous`: may break someone, so that a person should look. `safe`: changes
 * something that nobody depends on, or only adds.
 */
export type Severity = 'blocking' | 'dangerous' | 'safe';

/** One thing that a change does to those who depend on the API. */
export interface Finding {
  readonly section: Section;
  readonly severity: Severity;
  /** What kind of thing it is, in upper snake case and never reworded: machines select by it. `FIELD_REMOVED` */
  readonly code: string;
  /** What changed: a schema coordinate (`Query.post`), an address of Terraform, an operation. */
  readonly subject: string;
  /** A sentence without a full stop at the end that says what was and what is. */
  readonly message: string;
  /** The persisted operations that it reaches, sorted. */
  readonly operations: readonly string[];
  /** For what blocks: what lets it through. */
  readonly remedy?: string;
  /** What an approval has to name to let it through; absent: no approval does. */
  readonly cell?: string;
}
