import { BadInput } from '../badInput.ts';
import type { Operation } from '../contract/contract.ts';

/**
 * What an operation may cost, in dollars for a million runs, from a line `# budget: $24.50` of its file.
 * @throws BadInput for a line of another form.
 */
export function budgetOf({ path, text }: Pick<Operation, 'path' | 'text'>): number | undefined {
  const [, stated] = /^#\s*budget:\s*(.*?)\s*$/m.exec(text) ?? [];
  if (stated === undefined) return undefined;
  const [, dollars] = /^\$(\d+(?:\.\d+)?)$/.exec(stated) ?? [];
  if (dollars === undefined)
    throw new BadInput(
      `${path} says "# budget: ${stated}"; it must be dollars for a million runs, such as "# budget: $24.50".`,
    );
  return Number(dollars);
}
