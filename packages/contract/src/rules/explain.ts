import { rules } from './rules.ts';
import { waivers } from './waivers.ts';

/** Every rule with its reason, and what breaks it on purpose. */
export function explain(): string {
  return rules
    .flatMap(({ id, reason }) => [
      `${id}: because ${reason}`,
      ...waivers.filter(({ rule }) => rule === id).map(({ subject, reason: why }) => `  but not ${subject}: ${why}`),
    ])
    .join('\n');
}
