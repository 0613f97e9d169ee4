/** A template as it was parsed. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly path: Path }
  | {
      readonly kind: 'if' | 'unless';
      readonly path: Path;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | {
      readonly kind: 'each';
      readonly path: Path;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    };

export interface Path {
  /** As written, for messages. */
  readonly text: string;
  /** How many `../` it begins with. */
  readonly up: number;
  /** Empty for `this`. */
  readonly segments: readonly string[];
  /** `@index` and the like, which belong to the nearest `{{#each}}`. */
  readonly loop: LoopVariable | null;
}

export const LOOP_VARIABLES = ['index', 'first', 'last', 'key'] as const;
export type LoopVariable = (typeof LOOP_VARIABLES)[number];

/** A template that SES would refuse, or that uses what is not emulated. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
