import { util } from '@aws-appsync/utils';
import type { Page, QueryPageArgs } from './generated/schema.ts';
import type { FieldContext } from './shared/context.ts';
import { invalidArgument } from './shared/errors.ts';
import { getObject, headerOf, httpDateToISO, objectOf } from './shared/http.ts';

type Ctx = FieldContext<QueryPageArgs>;

/** `help.md` in English, `help.ja.md` in Japanese. */
export function request(ctx: Ctx) {
  const { slug } = ctx.args;
  if (!util.matches('^[a-z0-9-]{1,64}$', slug)) {
    invalidArgument(`slug: '${slug}' is not 1-64 of a-z, 0-9 and -`);
  }
  return getObject(languageOf(ctx) === 'JA' ? `${slug}.ja.md` : `${slug}.md`);
}

export function response(ctx: Ctx): Page | null {
  const answer = objectOf(ctx);
  if (answer === null) {
    return null;
  }
  const updatedAt = httpDateToISO(headerOf(answer, 'last-modified') as string);
  return { slug: ctx.args.slug, language: languageOf(ctx), markdown: answer.body, updatedAt };
}

function languageOf(ctx: Ctx) {
  return ctx.args.language ?? 'EN';
}
