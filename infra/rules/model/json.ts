import type { Block, Json } from '../../targets.ts';

export type { Block, Json, TerraformDocument } from '../../targets.ts';

export function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A nested block, which Terraform takes as one object or as a list: always a list here, empty when it is absent. */
export function blocks(value: Json | undefined): readonly Block[] {
  if (isBlock(value)) return [value];
  return Array.isArray(value) ? value.filter(isBlock) : [];
}

/** The first block of that name, empty when it is absent, so that what it lacks reads as undefined. */
export function block(value: Json | undefined): Block {
  return blocks(value)[0] ?? {};
}

/** A text or a list of texts as a list. */
export function texts(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

export function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** A number, also one written as text, which Terraform converts. */
export function number(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** Terraform takes `"true"` where it wants a boolean. */
export function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

/** Every text in a value with its path, `policy` or `rule[0].filter`. cdktf's own `//` is not part of it. */
export function* stringsIn(
  value: Json | undefined,
  path = '',
): Generator<{ readonly path: string; readonly text: string }> {
  if (typeof value === 'string') yield { path, text: value };
  else if (Array.isArray(value))
    for (const [index, each] of value.entries()) yield* stringsIn(each, `${path}[${index}]`);
  else if (isBlock(value)) {
    for (const [key, each] of Object.entries(value)) {
      if (key !== '//') yield* stringsIn(each, path === '' ? key : `${path}.${key}`);
    }
  }
}
