import { describedOf, isPublication, mutationsOf, wordsOf } from './members.ts';
import type { Rule } from './rule.ts';

const FILLERS = new Set(['a', 'an', 'the', 'of', 'this', 'its', 'is', 'type', 'field', 'for', 'to']);

/** Nothing is left of the description once the words of the name and fillers are taken away. */
export function restates(name: string, description: string): boolean {
  const known = new Set([...wordsOf(name), ...FILLERS]);
  return wordsOf(description).every((word) => known.has(word) || known.has(word.replace(/s$/, '')));
}

export const descriptions: Rule = {
  id: 'descriptions',
  reason: 'front ends read the contract in their editor, and not our code',
  check: ({ schema }) =>
    describedOf(schema).flatMap(([subject, { name, description }]) => {
      const text = description?.trim() ?? '';
      if (text !== '' && !restates(name, text)) return [];
      const message = text === '' ? 'has no description' : `its description only says its name again: "${text}"`;
      return [{ subject, message, remedy: 'say what it means, its bounds and when it is null' }];
    }),
};

export const refusalsDescribed: Rule = {
  id: 'refusals-described',
  reason: 'whoever calls a mutation has to handle the codes that it refuses with',
  check: ({ schema }) =>
    mutationsOf(schema)
      .filter((field) => !isPublication(field) && !/`[A-Z_]{4,}`/.test(field.description ?? ''))
      .map(({ name }) => ({
        subject: `Mutation.${name}`,
        message: 'does not say what it refuses',
        remedy: 'name the codes of its user errors in its description: `NOT_FOUND`',
      })),
};
