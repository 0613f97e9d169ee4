import { createHash } from 'node:crypto';
import type { Target } from '../config.ts';
import type { SynthesizedTarget, TerraformDocument } from '../targets.ts';

/** Stacks whose JSON asks the same of Terraform, though names differ. */
export interface Shape {
  readonly stack: string;
  readonly hash: string;
  /** The first target that has it, which is checked for all. */
  readonly of: SynthesizedTarget;
  readonly document: TerraformDocument;
  /** All of them, the first included. */
  readonly targets: readonly Target[];
}

/** Every stack of every target, those of one shape together, in the order of the targets. */
export function shapesOf(synthesized: readonly SynthesizedTarget[]): Shape[] {
  const shapes = new Map<string, Shape>();
  for (const of of synthesized) {
    for (const [stack, document] of of.stacks) {
      const hash = shapeHash(document, of.target);
      const key = `${stack} ${hash}`;
      const known = shapes.get(key);
      const targets = [...(known?.targets ?? []), of.target];
      shapes.set(key, known ? { ...known, targets } : { stack, hash, of, document, targets });
    }
  }
  return [...shapes.values()];
}

/** Arguments that Terraform passes on unread, or that say where and not what. */
const UNREAD = new Set(['code', 'schema', 'source_code_hash', 'filename']);

/** Where things come from and where the state is. */
const LEFT_OUT = new Set(['//', 'backend']);

/**
 * A hash of what Terraform and the provider look at: without the stage's name in names, and without the text of code and
 * schema, unless that holds a template, which Terraform would read.
 */
export function shapeHash(document: TerraformDocument, { stage }: Target): string {
  const shape = JSON.stringify(document, (key, value: unknown) => {
    if (LEFT_OUT.has(key)) return undefined;
    return UNREAD.has(key) && typeof value === 'string' && !hasTemplate(value) ? '' : value;
  });
  const unnamed = shape.replaceAll(new RegExp(`(?<![A-Za-z0-9])${stage}(?![A-Za-z0-9])\\.?`, 'g'), 'STAGE');
  return createHash('sha256')
    .update(unnamed.replaceAll('STAGEhiroba.example', 'hiroba.example'))
    .digest('hex')
    .slice(0, 12);
}

/** Whether Terraform would read something in this text: `${` or `%{`, but not their escapes `$${` and `%%{`. */
function hasTemplate(text: string): boolean {
  return /[$%]\{/.test(text.replaceAll('$${', '').replaceAll('%%{', ''));
}
