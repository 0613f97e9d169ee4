import type { QueryHashtagArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { invalidArgument } from './shared/errors.ts';
import { toHashtag } from './shared/post.ts';
import { isHashtag, normalizeHashtag } from './shared/text.ts';

export function request(ctx: FieldContext<QueryHashtagArgs>) {
  const name = normalizeHashtag(ctx.args.name);
  if (!isHashtag(name)) {
    invalidArgument('name: 1-50 letters, digits or underscores of any script');
  }
  return { payload: toHashtag(name) };
}

export function response(ctx: FieldContext<QueryHashtagArgs>) {
  return ctx.result;
}
